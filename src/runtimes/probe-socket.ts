import { connect } from 'node:net';
import { MigrateError } from '../core/errors.js';
import { unreachableSocket } from './unreachable-socket.js';

const CONNECT_TIMEOUT_MS = 5_000;

/** Connects to a unix socket and hangs up again, for the errno that clients bury in longer sentences. */
export function probeSocket(subject: string, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new MigrateError('timeout', `${subject}: no connection within ${CONNECT_TIMEOUT_MS / 1000} s`));
    }, CONNECT_TIMEOUT_MS);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.destroy();
      resolve();
    });
    socket.once('error', (cause) => {
      clearTimeout(timer);
      reject(unreachableSocket(subject, cause));
    });
  });
}
