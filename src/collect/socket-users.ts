import type { ProcessOwner, SocketUser } from '../core/node-evidence.js';
import type { Clock, ReadHost } from '../core/ports.js';
import { createFileReader, type FileReader } from './file-reader.js';
import { processOwner } from './process-owner.js';
import type { SocketHolder } from './socket-peers.js';
import { tryQuery } from './try-query.js';

/** Most clients connect for one request; several looks see more of them. */
const LOOKS = 5;
const BETWEEN_MS = 300;

/** Whoever is connected to the Docker socket at any of several looks, with whose process it is. Errors: as `look`. */
export async function collectSocketUsers(
  host: ReadHost,
  clock: Clock,
  look: (host: ReadHost) => Promise<readonly SocketHolder[]>,
): Promise<readonly SocketUser[]> {
  const found = new Map<number, SocketUser>();
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if (looks > 0) await clock.sleep(BETWEEN_MS);
    const holders = (await look(host)).filter(({ pid, certain }) => !found.has(pid) || certain);
    const files = createFileReader(host);
    const users = await Promise.all(holders.map((holder) => userOf(holder, files)));
    for (const user of users) if (user !== undefined) found.set(user.pid, user);
  }
  return named(
    host,
    [...found.values()].toSorted((a, b) => a.pid - b.pid),
  );
}

async function userOf({ pid, socket, certain }: SocketHolder, files: FileReader): Promise<SocketUser | undefined> {
  const [comm, cgroup, status] = await Promise.all(
    ['comm', 'cgroup', 'status'].map((name) => files.text(`/proc/${pid}/${name}`)),
  );
  // It has ended since.
  if (comm === undefined || cgroup === undefined || status === undefined) return undefined;
  const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  return { pid, command: comm.trim(), socket, certain, owner: processOwner(cgroup, uid) };
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
