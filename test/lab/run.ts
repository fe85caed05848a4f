import { execa } from 'execa';

export interface RunOptions {
  readonly timeoutMs?: number;
  readonly input?: string | Buffer;
  /** A file to read standard input from. */
  readonly inputFile?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What an error message calls the command; the words of the command itself otherwise. */
  readonly what?: string;
}

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, whatever its exit code; throws only when it could not start or was too slow. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const [file = '', ...args] = argv;
  const timeoutMs = options.timeoutMs ?? 60_000;
  const what = options.what ?? argv.slice(0, 4).join(' ');
  const result = await execa(file, args, {
    timeout: timeoutMs,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: 256 * 1024 * 1024,
    ...(options.env === undefined ? {} : { env: options.env }),
    ...standardInput(options),
  });
  if (result.timedOut) throw new Error(`${what}: not finished within ${timeoutMs / 1000} s`);
  if (result.exitCode === undefined) {
    throw new Error(`${what}: ${result.signal === undefined ? 'could not be started' : `ended by ${result.signal}`}`, {
      cause: result.cause,
    });
  }
  return { exitCode: result.exitCode, stdout: text(result.stdout), stderr: text(result.stderr) };
}

function standardInput({ input, inputFile }: RunOptions) {
  if (input !== undefined) return { input };
  return inputFile === undefined ? ({ stdin: 'ignore' } as const) : { inputFile };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
