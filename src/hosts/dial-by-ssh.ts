import type { DialledSocket } from '../core/ports.js';
import { forwardSocket } from './forward-socket.js';
import { relaySocket } from './relay-socket.js';
import { requireSocket } from './require-socket.js';
import type { Shell } from './shell.js';
import type { SshMaster } from './ssh-master.js';
import type { WorkDirectory } from './work-directory.js';

/** sshd's forwarding where it may open the socket, else a relay through a tool of the host. */
export async function dialBySsh(
  shell: Shell,
  master: () => Promise<SshMaster>,
  directory: WorkDirectory,
  socketPath: string,
): Promise<DialledSocket> {
  const open = await master();
  if (!open.sudo) {
    const socket = await forwardSocket(open, directory.next('s'), socketPath, () => requireSocket(shell, socketPath));
    if (socket !== undefined) return socket;
  }
  // sshd refuses in the same words whether nobody listens or AllowStreamLocalForwarding forbids it; the relay tells
  // them apart.
  return relaySocket(shell, directory, socketPath);
}
