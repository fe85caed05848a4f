import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import { journalState } from '../core/journal.js';
import { LOCK_PATH, STATE_DIR } from '../core/node-paths.js';
import type { Clock, Host, ReadHost } from '../core/ports.js';
import { readJournal } from './journal-file.js';

const lockSchema = z.object({
  planId: z.string(),
  owner: z.string(),
  since: z.string(),
  /** Tells two attempts of the same person in the same millisecond apart. */
  token: z.string().optional(),
});
export type Lock = z.infer<typeof lockSchema>;

/** One migration at a time on a node, whoever runs it from wherever. Errors: `blocked`, naming the holder. */
export async function acquireLock(host: Host, planId: string, owner: string, clock: Clock): Promise<void> {
  await host.makeDirectory(STATE_DIR, 0o700);
  const content = `${JSON.stringify({ planId, owner, since: clock.now().toISOString(), token: randomUUID() })}\n`;
  try {
    await host.createExclusive(LOCK_PATH, content);
  } catch (error) {
    const held = await readLock(host);
    if (held === undefined) throw error;
    // Ours after all: it was the answer that got lost.
    if (content === `${JSON.stringify(held)}\n`) return;
    throw new MigrateError(
      'blocked',
      `${host.name} is being migrated by ${held.owner} since ${held.since} (plan ${held.planId})`,
      {
        hint: `If nobody is, go on with "migrate resume ${host.name}" or go back with "migrate rollback ${host.name}".`,
      },
    );
  }
}

/** For a resume or a rollback, which a person asked for knowing who holds it. */
export async function takeOverLock(host: Host, planId: string, owner: string, clock: Clock): Promise<void> {
  await host.makeDirectory(STATE_DIR, 0o700);
  const content = `${JSON.stringify({ planId, owner, since: clock.now().toISOString() })}\n`;
  await host.writeFile(LOCK_PATH, content, { mode: 0o600 });
}

export const releaseLock = (host: Host): Promise<void> => host.remove(LOCK_PATH);

/** Frees a lock that nobody is behind: its operator's end was cut off before the first step, or after the last. */
export async function freeStaleLock(host: Host): Promise<boolean> {
  const lock = await readLock(host);
  if (lock === undefined) return false;
  const lines = await readJournal(host, lock.planId);
  const last = lines.at(-1);
  // One that was taken after the end belongs to a rollback, which drains the node before it writes a line.
  const { outcome } = journalState(lines);
  const ended = (outcome === 'migrated' || outcome === 'rolled-back') && lock.since <= (last?.at ?? '');
  if (last !== undefined && !ended) return false;
  await releaseLock(host);
  return true;
}

export async function readLock(host: ReadHost): Promise<Lock | undefined> {
  const content = await host.readFile(LOCK_PATH);
  if (content === undefined) return undefined;
  try {
    return lockSchema.parse(JSON.parse(new TextDecoder().decode(content)));
  } catch {
    return { planId: 'unknown', owner: `somebody (${LOCK_PATH} is damaged)`, since: 'unknown' };
  }
}
