import { createServer, type Socket } from 'node:net';
import { MigrateError } from '../core/errors.js';
import type { DialledSocket } from '../core/ports.js';
import { relayScript } from './relay-script.js';
import { requireSocket } from './require-socket.js';
import type { PipedProcess, Shell } from './shell.js';
import type { WorkDirectory } from './work-directory.js';

/** A socket here whose every connection is carried by a process on the host that connects to the socket there. */
export async function relaySocket(shell: Shell, directory: WorkDirectory, socketPath: string): Promise<DialledSocket> {
  await requireSocket(shell, socketPath);
  const tried = await shell.exec(relayScript.argv('try', socketPath), {
    what: `connect to ${socketPath}`,
    repeatable: true,
  });
  if (tried.code === relayScript.noToolCode) {
    throw new MigrateError('failed', `${shell.name}: nothing there can connect to ${socketPath}.`, {
      hint: `Log in as root where sshd has "AllowStreamLocalForwarding yes", or install one of socat, python3, perl or OpenBSD's nc.`,
    });
  }
  if (tried.code !== 0) {
    const reason = tried.stderr.trim().split('\n').at(-1) ?? '';
    throw new MigrateError(
      'unreachable',
      `${shell.name}: nobody answers at ${socketPath}${reason === '' ? '.' : `: ${reason}`}`,
    );
  }

  const path = directory.next('r');
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
    shell.pipe(relayScript.argv('pipe', socketPath)).then(
      (process) => carry(socket, process),
      () => socket.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  server.unref();
  return {
    path,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

function carry(socket: Socket, process: PipedProcess): void {
  if (socket.destroyed) return process.kill();
  // Either end may go first; what the other says of it is no news.
  for (const stream of [process.stdin, process.stdout]) stream.on('error', () => socket.destroy());
  socket.on('close', () => process.kill());
  socket.pipe(process.stdin);
  process.stdout.pipe(socket);
  socket.resume();
}
