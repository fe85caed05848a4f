import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const KEEPER = ['sh', '-c', 'echo held; exec cat >/dev/null'];

export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes a lock file, waiting for whoever holds it. A second process, `keeper`, holds it: the kernel lets go of the lock
 * when that one ends. It says "held" once it runs, and learns by the end of its standard input that it is not needed any
 * more: after the word "released", or without it when this process died, be it by SIGKILL.
 */
export async function takeLock(file: string, deadlineMs: number, keeper: readonly string[] = KEEPER): Promise<Lock> {
  mkdirSync(path.dirname(file), { recursive: true });
  const wait = ['--no-fork', '--wait', String(deadlineMs / 1000), file];
  const child = spawn('flock', [...wait, ...keeper], {
    cwd: PROJECT,
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'exit');
  const said = await Promise.race([once(child.stdout, 'data'), ended]);
  if (!String(said[0]).startsWith('held')) {
    throw new Error(`the lock ${file}: another process has not let go of it within ${deadlineMs / 1000} s`);
  }
  child.unref();
  for (const pipe of [child.stdin, child.stdout]) (pipe as unknown as Socket).unref();
  return {
    async release() {
      child.ref();
      child.stdin.end('released');
      await ended;
    },
  };
}
