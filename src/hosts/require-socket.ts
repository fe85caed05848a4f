import { MigrateError } from '../core/errors.js';
import type { Shell } from './shell.js';

const SCRIPT = `if [ -S "$1" ]; then echo socket; elif [ -e "$1" ]; then echo other; else echo none; fi`;

/** Throws `not-found` unless there is a socket at the path. */
export async function requireSocket(shell: Shell, socketPath: string): Promise<void> {
  const options = { what: `look for the socket ${socketPath}`, repeatable: true };
  const { stdout } = await shell.exec(['sh', '-c', SCRIPT, 'sh', socketPath], options);
  const found = Buffer.from(stdout).toString().trim();
  if (found === 'none') throw new MigrateError('not-found', `${shell.name}: there is no socket ${socketPath}.`);
  if (found !== 'socket') throw new MigrateError('not-found', `${shell.name}: ${socketPath} is not a socket.`);
}
