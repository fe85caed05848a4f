import type { ReadHost } from '../core/ports.js';
import { ask } from './ask.js';
import { DOCKER_SOCKETS } from './docker-sockets.js';
import { openSockets } from './open-sockets.js';

/** A process that holds a connection to the Docker socket. */
export interface SocketHolder {
  readonly pid: number;
  /** As the daemon bound it. */
  readonly socket: string;
  /** False when it is one of several that could be the one. */
  readonly certain: boolean;
}

/** `u_str ESTAB 0 0 /run/docker.sock 4711 * 4712`: the daemon's end of a connection, and the inode of the client's. */
const CONNECTION = /^\S+\s+ESTAB\s+\d+\s+\d+\s+(\S+)\s+\d+\s+\S+\s+(\d+)/;

/**
 * The processes of the host's own network that are connected to the Docker socket, those of pods with `hostNetwork` among
 * them. Errors: `not-found` where the host has no `ss`, for which there is no other way: `/proc/net/unix` does not say who
 * is connected to whom.
 */
export async function socketPeers(host: ReadHost): Promise<readonly SocketHolder[]> {
  const clients = new Map<string, string>();
  for (const line of (await ask(host, ['ss', '-xnH'])).split('\n')) {
    const [, socket = '', peer = ''] = CONNECTION.exec(line.trim()) ?? [];
    if (DOCKER_SOCKETS.has(socket) && peer !== '0') clients.set(peer, socket);
  }
  if (clients.size === 0) return [];
  return (await openSockets(host)).flatMap(({ pid, inode }) => {
    const socket = clients.get(inode);
    return socket === undefined ? [] : [{ pid, socket, certain: true }];
  });
}
