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
  outColor: colorful(process.stdout),
  errColor: colorful(process.stderr),
  get width(): number {
    return process.stdout.columns ?? 100;
  },
  /** A person is there to be asked, and to watch. */
  interactive: Boolean(process.stdin.isTTY && process.stderr.isTTY),
};
