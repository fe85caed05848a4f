import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { waitFor } from '../lab/wait-for.js';

export interface ServerProcess {
  readonly pid: number;
  /** The last lines it wrote. */
  logTail(): string;
  /** Terminates it, kills it when that takes too long, and resolves when it is gone. */
  stop(graceMs?: number): Promise<void>;
}

/** Starts a server and waits until `ready` stops throwing. It ends with the process that started it, whatever happens. */
export async function serverProcess(
  argv: readonly string[],
  logFile: string,
  ready: () => Promise<unknown>,
  deadlineMs = 30_000,
): Promise<ServerProcess> {
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', ...argv], { stdio: ['ignore', log, log] });
  closeSync(log);
  const logTail = (): string => readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
  const stop = (graceMs = 15_000): Promise<void> => end(child, graceMs);
  try {
    await waitFor(
      `${argv[0] ?? ''} to answer`,
      deadlineMs,
      async () => {
        if (hasEnded(child)) return 'ended';
        await ready();
        return 'ready';
      },
      50,
    ).then((outcome) => {
      if (outcome === 'ended') throw new Error(`${argv[0] ?? ''} ended at once`);
    });
  } catch (cause) {
    await stop();
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)}; the end of its log:\n${logTail()}`, {
      cause,
    });
  }
  return { pid: child.pid ?? 0, logTail, stop };
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

async function end(child: ChildProcess, graceMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}
