import pc from 'picocolors';

/** The one place that prints. Results go to stdout, all else to stderr, and a closed pipe is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// `isTTY` is undefined, not false, where there is none.
const colorful = (stream: NodeJS.WriteStream): boolean => pc.isColorSupported && Boolean(stream.isTTY);

export const terminal = {
  result: (text: string): void => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
  error: (text: string): void => void process.stderr.write(text.endsWith('\n') ? text : `${text}\n`),
  /** One line that the next one replaces, for work that takes a while; `undefined` takes it away. Nothing without a terminal. */
  status: (text: string | undefined): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text ?? ''}`);
  },
  outColor: colorful(process.stdout),
  errColor: colorful(process.stderr),
  get width(): number {
    return process.stdout.columns ?? 100;
  },
  /** A person is there to be asked, and to watch. */
  interactive: Boolean(process.stdin.isTTY && process.stderr.isTTY),
};
