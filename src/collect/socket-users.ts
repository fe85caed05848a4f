import type { ProcessOwner, SocketUser } from '../core/node-evidence.js';
import type { Clock, ReadHost } from '../core/ports.js';
import { ask } from './ask.js';
import { createFileReader, type FileReader } from './file-reader.js';
import { processOwner } from './process-owner.js';
import { tryQuery } from './try-query.js';

const SOCKETS: ReadonlySet<string> = new Set(['/run/docker.sock', '/var/run/docker.sock']);

/** Most clients connect for one request; several looks see more of them. */
const LOOKS = 5;
const BETWEEN_MS = 300;

/** `u_str ESTAB 0 0 /run/docker.sock 4711 * 4712`: the daemon's end of a connection, and the inode of the client's. */
const CONNECTION = /^\S+\s+ESTAB\s+\d+\s+\d+\s+(\S+)\s+\d+\s+\S+\s+(\d+)/;

/**
 * The processes at the other end of the Docker socket, wherever they run: the client's end belongs to the network namespace
 * of its pod and is not in the host's list, so it is found by its inode among all open files. Errors: `not-found` where
 * the host has no `ss`, for which there is no other way: `/proc/net/unix` does not say who is connected to whom.
 */
export async function collectSocketUsers(host: ReadHost, clock: Clock): Promise<readonly SocketUser[]> {
  const found = new Map<number, SocketUser>();
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await clock.sleep(BETWEEN_MS);
    const clients = clientsIn(await ask(host, ['ss', '-xnH']));
    if (clients.size === 0) continue;
    const files = createFileReader(host);
    const holding = [...(await holders(host, clients))].filter(([pid]) => !found.has(pid));
    const users = await Promise.all(holding.map(([pid, socket]) => userOf(pid, socket, files)));
    for (const user of users) if (user !== undefined) found.set(user.pid, user);
  }
  return named(
    host,
    [...found.values()].toSorted((a, b) => a.pid - b.pid),
  );
}

/** Inodes of the clients' ends, with the socket that they are connected to. */
function clientsIn(listing: string): Map<string, string> {
  const clients = new Map<string, string>();
  for (const line of listing.split('\n')) {
    const [, socket = '', peer = ''] = CONNECTION.exec(line.trim()) ?? [];
    if (SOCKETS.has(socket) && peer !== '0') clients.set(peer, socket);
  }
  return clients;
}

async function holders(host: ReadHost, clients: ReadonlyMap<string, string>): Promise<Map<number, string>> {
  const openSockets = ['-path', '/proc/[0-9]*/fd/*', '-lname', 'socket:*', '-printf', '%p %l\\n'];
  // It complains of processes that end meanwhile.
  const listing = (await tryQuery(host, ['find', '/proc', '-maxdepth', '3', ...openSockets]))?.stdout ?? '';
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
  if (comm === undefined || cgroup === undefined || status === undefined) return undefined;
  const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  return { pid, command: comm.trim(), socket, owner: processOwner(cgroup, uid) };
}

/** With the names of users, as far as the host has them. */
async function named(host: ReadHost, users: readonly SocketUser[]): Promise<readonly SocketUser[]> {
  const uids = [...new Set(users.flatMap(({ owner }) => (owner.kind === 'user' ? [String(owner.uid)] : [])))];
  if (uids.length === 0) return users;
  // Ends with 2 when it does not know all of them.
  const entries = ((await tryQuery(host, ['getent', 'passwd', ...uids]))?.stdout ?? '').split('\n');
  const names = new Map(entries.map((entry) => [entry.split(':')[2] ?? '', entry.split(':')[0] ?? '']));
  const withName = (owner: ProcessOwner): ProcessOwner => {
    const name = owner.kind === 'user' ? names.get(String(owner.uid)) : undefined;
    return name === undefined || owner.kind !== 'user' ? owner : { ...owner, name };
  };
  return users.map((user) => ({ ...user, owner: withName(user.owner) }));
}
