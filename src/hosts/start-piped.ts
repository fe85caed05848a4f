import { execa } from 'execa';
import type { PipedProcess } from './shell.js';

/** Starts a process of this machine whose stdin and stdout stay open; it ends when its stdin does. */
export function startPiped(argv: readonly string[], opening: string): PipedProcess {
  const [file = '', ...args] = argv;
  const child = execa(file, args, {
    reject: false,
    buffer: false,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'ignore',
    detached: true,
  });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    opening,
    ended: child.then(() => undefined),
    kill: () => void child.kill('SIGKILL'),
  };
}
