import type { ReadHost } from '../core/ports.js';
import { DOCKER_SOCKETS } from './docker-sockets.js';
import { createFileReader, type FileReader } from './file-reader.js';
import { openSockets } from './open-sockets.js';
import { procLinks } from './proc-links.js';
import { seesSocket } from './sees-socket.js';
import type { SocketHolder } from './socket-peers.js';
import { tryQuery } from './try-query.js';

/** `ffff…: 00000003 00000000 00000000 0001 03 4711 /run/docker.sock`: a stream socket that is connected, its inode and its path. */
const CONNECTED = /^\w+: \w+ \w+ \w+ 0001 03 +(\d+)(?: (.*))?$/;

/**
 * The processes in network namespaces of their own, as pods have them, that are connected to the Docker socket. Linux puts
 * both ends of such a connection into the namespace of the client, so that nothing of it shows in the host's: there is an
 * end with the socket's path, which is the daemon's, and one without a path, which is held by the process wanted. Errors: as `procLinks`.
 */
export async function socketNamespaces(host: ReadHost): Promise<readonly SocketHolder[]> {
  const namespaces = await otherNamespaces(host);
  const [...ones] = namespaces.keys();
  if (ones.length === 0) return [];
  const lists = ones.map((pid) => `/proc/${pid}/net/unix`);
  const mentions = (await tryQuery(host, ['grep', '-sH', 'docker\\.sock$', '--', ...lists]))?.stdout ?? '';
  const connected = ones.filter((pid) => mentions.includes(`/proc/${pid}/net/unix:`));
  if (connected.length === 0) return [];

  const files = createFileReader(host);
  const open = await openSockets(host);
  const holders = connected.map(async (one) => {
    const { sockets, nameless } = ends((await files.text(`/proc/${one}/net/unix`)) ?? '');
    const [socket] = sockets;
    if (socket === undefined) return [];
    const inside = new Set(namespaces.get(one));
    const holding = open.filter(({ pid, inode }) => inside.has(pid) && nameless.has(inode)).map(({ pid }) => pid);
    const pids = await likely(socket, [...new Set(holding)], files);
    // As many clients as connections, or nobody else who could be the one.
    const certain = pids.length === 1 || nameless.size === sockets.length;
    return pids.map((pid) => ({ pid, socket, certain }));
  });
  return (await Promise.all(holders)).flat();
}

/** A process of each network namespace that is not the host's, with all processes in it. */
async function otherNamespaces(host: ReadHost): Promise<ReadonlyMap<number, readonly number[]>> {
  const members = new Map<string, number[]>();
  for (const { pid, target } of await procLinks(host, 'ns/net', 'net:*')) {
    const pids = members.get(target);
    if (pids === undefined) members.set(target, [pid]);
    else pids.push(pid);
  }
  const others = [...members.values()].filter((pids) => !pids.includes(1));
  return new Map(others.map((pids) => [pids[0] ?? 0, pids]));
}

/** The daemon's ends of connections, and the inodes of sockets without a path. */
function ends(list: string): { readonly sockets: readonly string[]; readonly nameless: ReadonlySet<string> } {
  const sockets: string[] = [];
  const nameless = new Set<string>();
  for (const line of list.split('\n')) {
    const [, inode, path] = CONNECTED.exec(line.trimEnd()) ?? [];
    if (inode === undefined) continue;
    if (path === undefined) nameless.add(inode);
    else if (DOCKER_SOCKETS.has(path)) sockets.push(path);
  }
  return { sockets, nameless };
}

/** Those that have the socket among their files, where any has. */
async function likely(socket: string, pids: readonly number[], files: FileReader): Promise<readonly number[]> {
  if (pids.length < 2) return pids;
  const [ofHost = '', ...own] = await Promise.all(
    [1, ...pids].map(async (pid) => (await files.text(`/proc/${pid}/mountinfo`)) ?? ''),
  );
  const seeing = pids.filter((_, index) => seesSocket(socket, ofHost, own[index] ?? ''));
  return seeing.length === 0 ? pids : seeing;
}
