import { execa } from 'execa';
import type { PipedProcess } from './shell.js';
import { skipUntil } from './skip-until.js';

/**
 * Starts a process of this machine whose stdin and stdout stay open. Its own output begins after `opening`; undefined
 * when it ended without that.
 */
export async function startPiped(argv: readonly string[], opening: string): Promise<PipedProcess | undefined> {
  const [file = '', ...args] = argv;
  const child = execa(file, args, {
    reject: false,
    buffer: false,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'ignore',
    detached: true,
  });
  let found = (): void => undefined;
  const opened = new Promise<true>((resolve) => (found = () => resolve(true)));
  const stdout = child.stdout.pipe(skipUntil(opening, () => found()));
  child.stdout.on('error', () => stdout.destroy());
  const began = await Promise.race([opened, child.then(() => false)]);
  return began ? { stdin: child.stdin, stdout, kill: () => void child.kill('SIGKILL') } : undefined;
}
