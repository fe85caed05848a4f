import { connect } from 'node:net';
import { MigrateError } from '../core/errors.js';
import type { DialledSocket } from '../core/ports.js';
import { relaySocket } from './relay-socket.js';
import { requireSocket } from './require-socket.js';
import type { Shell } from './shell.js';
import { workDirectory } from './work-directory.js';

/** The socket itself where this user may use it, else a relay through sudo. */
export async function dialLocally(
  shell: Shell,
  socketPath: string,
  { sudo }: { readonly sudo: boolean },
): Promise<DialledSocket> {
  const code = await tryToConnect(socketPath);
  if (code === undefined) return { path: socketPath, close: () => Promise.resolve() };
  if (!sudo) {
    await requireSocket(shell, socketPath);
    throw new MigrateError('unreachable', `${shell.name}: nobody answers at ${socketPath} (${code}).`);
  }
  const directory = await workDirectory();
  try {
    const relay = await relaySocket(shell, directory, socketPath);
    return { path: relay.path, close: () => relay.close().finally(() => directory.remove()) };
  } catch (thrown) {
    await directory.remove();
    throw thrown;
  }
}

/** Undefined when somebody answers, else the error's code. */
function tryToConnect(socketPath: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
