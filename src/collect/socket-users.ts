import type { ProcessOwner, SocketUser } from '../core/node-evidence.js';
import type { Clock, ReadHost } from '../core/ports.js';
import { ask } from './ask.js';
import type { FileReader } from './file-reader.js';
import { createFileReader } from './file-reader.js';
import { processOwner } from './process-owner.js';
import { tryQuery } from './try-query.js';

const SOCKETS = ['/run/docker.sock', '/var/run/docker.sock'];

/** Most clients connect for one request; several looks see more of them. */
const LOOKS = 5;
const BETWEEN_MS = 300;

/** `u_str ESTAB 0 0 /run/docker.sock 4711 * 4712`: the daemon's end of a connection, and the inode of the client's. */
const CONNECTION = /^\S+\s+ESTAB\s+\d+\s+\d+\s+(\S+)\s+\d+\s+\S+\s+(\d+)/;

/**
 * The processes at the other end of the Docker socket, wherever they run: the client's end belongs to the network namespace
 * of its pod and is not in the host's list, so it is found by its inode among all open files.
 */
export async function collectSocketUsers(host: ReadHost, clock: Clock): Promise<readonly SocketUser[]> {
  const found = new Map<number, SocketUser>();
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await clock.sleep(BETWEEN_MS);
    const clients = clientsIn(await ask(host, ['ss', '-xnH']));
    if (clients.size === 0) continue;
    const files = createFileReader(host);
    for (const [pid, socket] of await holders(host, clients)) {
      if (!found.has(pid)) {
        const user = await userOf(pid, socket, files);
        if (user !== undefined) found.set(pid, user);
      }
    }
  }
  return [...found.values()].sort((a, b) => a.pid - b.pid);
}

/** Inodes of the clients' ends, with the socket that they are connected to. */
function clientsIn(listing: string): Map<string, string> {
  const clients = new Map<string, string>();
  for (const line of listing.split('\n')) {
    const [, socket = '', peer = ''] = CONNECTION.exec(line.trim()) ?? [];
    if (SOCKETS.includes(socket) && peer !== '0') clients.set(peer, socket);
  }
  return clients;
}

async function holders(host: ReadHost, clients: ReadonlyMap<string, string>): Promise<Map<number, string>> {
  const argv = [
    'find',
    '/proc',
    '-maxdepth',
    '3',
    '-path',
    '/proc/[0-9]*/fd/*',
    '-lname',
    'socket:*',
    '-printf',
    '%p %l\\n',
  ];
  // It complains of processes that end meanwhile.
  const listing = (await tryQuery(host, argv))?.stdout ?? '';
  const holding = new Map<number, string>();
  for (const line of listing.split('\n')) {
    const [, pid = '', inode = ''] = /^\/proc\/(\d+)\/fd\/\d+ socket:\[(\d+)\]$/.exec(line) ?? [];
    const socket = clients.get(inode);
    if (socket !== undefined) holding.set(Number(pid), socket);
  }
  return holding;
}

async function userOf(pid: number, socket: string, files: FileReader): Promise<SocketUser | undefined> {
  const [comm, cgroup, status] = await Promise.all(
    ['comm', 'cgroup', 'status'].map((name) => files.text(`/proc/${pid}/${name}`)),
  );
  // It has ended since.
  if (comm === undefined || cgroup === undefined) return undefined;
  const uid = Number(/^Uid:\s+(\d+)/m.exec(status ?? '')?.[1] ?? 0);
  const owner: ProcessOwner = processOwner(cgroup) ?? { kind: 'user', uid };
  return { pid, command: comm.trim(), socket, owner };
}
