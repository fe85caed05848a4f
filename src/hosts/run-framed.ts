import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { MigrateError } from '../core/errors.js';
import type { Framed } from './frame.js';
import { frameGroup } from './frame-group.js';
import { quote } from '../core/quote.js';
import { redactArgv } from './redact-argv.js';
import type { ShellOptions } from './shell.js';
import { unframe, type Unframed } from './unframe.js';

const DEFAULT_TIMEOUT_MS = 30_000;
const TERM_GRACE_MS = 2_000;
const MAX_OUTPUT_BYTES = 512 * 1024 * 1024;

export interface FramedRun {
  readonly host: string;
  /** What the caller wants run, for messages. */
  readonly argv: readonly string[];
  readonly framed: Framed;
  /** What is started on this machine for it. */
  readonly local: readonly string[];
  readonly options: ShellOptions;
  /** Signals the command's process group where it runs. */
  readonly signalGroup: ((group: number, signal: 'TERM' | 'KILL') => Promise<void>) | undefined;
}

/** Runs a framed command to its end, or ends it there, not only here, when its time is up or the signal aborts. */
export async function runFramed(run: FramedRun): Promise<Unframed> {
  const { options, framed } = run;
  const what = `${run.host}: ${options.what ?? `"${shorten(quote(redactArgv(run.argv)))}"`}`;
  if (options.signal?.aborted === true) throw new MigrateError('interrupted', `${what} was not started.`);

  const [file = '', ...args] = run.local;
  const child = execa(file, args, {
    reject: false,
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: MAX_OUTPUT_BYTES,
    // Ctrl-C goes to the terminal's whole process group: what runs must not die of it before the engine has decided.
    detached: true,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
  });
  const group = announcedGroup(child.stderr, framed.mark);
  const end = watchForEnd(options.timeoutMs ?? DEFAULT_TIMEOUT_MS, options.signal);
  try {
    const first = await Promise.race([child, end.reached]);
    if (typeof first === 'object') {
      if (first.isMaxBuffer) throw new MigrateError('failed', `${what} printed more than ${MAX_OUTPUT_BYTES} bytes.`);
      return unframe(framed.mark, {
        exitCode: first.exitCode,
        stdout: first.stdout ?? new Uint8Array(),
        stderr: first.stderr ?? Buffer.from(first.originalMessage ?? ''),
      });
    }
    await stop(child, group(), run.signalGroup);
    if (first === 'interrupted') throw new MigrateError('interrupted', `${what} was stopped.`);
    throw new MigrateError(
      'timeout',
      `${what} did not end within ${(options.timeoutMs ?? DEFAULT_TIMEOUT_MS) / 1000} s.`,
    );
  } finally {
    end.clear();
  }
}

function announcedGroup(stderr: NodeJS.ReadableStream, mark: string): () => number | undefined {
  let heard = '';
  let group: number | undefined;
  const listen = (chunk: Buffer): void => {
    heard += chunk.toString('latin1');
    group = frameGroup(heard, mark);
    if (group !== undefined) stderr.removeListener('data', listen);
  };
  stderr.on('data', listen);
  return () => group;
}

function watchForEnd(timeoutMs: number, signal: AbortSignal | undefined) {
  let clear = (): void => undefined;
  const reached = new Promise<'timeout' | 'interrupted'>((resolve) => {
    const timer = setTimeout(() => resolve('timeout'), timeoutMs);
    const aborted = (): void => resolve('interrupted');
    signal?.addEventListener('abort', aborted, { once: true });
    clear = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
    };
  });
  return { reached, clear: () => clear() };
}

async function stop(
  child: PromiseLike<unknown> & { kill(signal: NodeJS.Signals): boolean },
  group: number | undefined,
  signalGroup: FramedRun['signalGroup'],
): Promise<void> {
  for (const signal of ['TERM', 'KILL'] as const) {
    // It may have ended by itself, or the connection may hang: either way what counts is whether `child` ends.
    if (group !== undefined) await signalGroup?.(group, signal).catch(() => undefined);
    if (group === undefined || signal === 'KILL') child.kill('SIGKILL');
    const ended = await Promise.race([child.then(() => true), sleep(TERM_GRACE_MS, false, { ref: false })]);
    if (ended) return;
  }
}

const shorten = (text: string): string => (text.length <= 160 ? text : `${text.slice(0, 157)}…`);
