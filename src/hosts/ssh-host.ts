import type { DialledSocket, Host } from '../core/ports.js';
import { dialBySsh } from './dial-by-ssh.js';
import { posixHost } from './posix-host.js';
import { sshConnection } from './ssh-connection.js';
import { sshShell } from './ssh-shell.js';
import type { SshTarget } from './ssh-target.js';
import { workDirectory } from './work-directory.js';

/**
 * Another machine, by the system's OpenSSH over one connection. It is made here, so what keeps it from working shows at
 * once.
 */
export async function sshHost(
  target: SshTarget,
): Promise<{ readonly host: Host; readonly close: () => Promise<void> }> {
  const directory = await workDirectory();
  const connection = sshConnection(target, () => directory.next('m'));
  const dialled = new Set<DialledSocket>();
  const close = async (): Promise<void> => {
    await Promise.all([...dialled].map((socket) => socket.close()));
    await connection.close();
    await directory.remove();
  };
  try {
    await connection.master();
  } catch (thrown) {
    await close();
    throw thrown;
  }

  const shell = sshShell(target, connection.master);
  const dial = async (socketPath: string): Promise<DialledSocket> => {
    const socket = await dialBySsh(shell, connection.master, directory, socketPath);
    const tracked: DialledSocket = {
      path: socket.path,
      close: async () => {
        if (dialled.delete(tracked)) await socket.close();
      },
    };
    dialled.add(tracked);
    return tracked;
  };
  return { host: posixHost(shell, dial), close };
}
