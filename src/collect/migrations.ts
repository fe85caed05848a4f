import { posix } from 'node:path';
import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import type { MigrationFacts } from '../core/inventory.js';
import { journalState, parseJournal } from '../core/journal.js';
import { LOCK_PATH, planPaths, STATE_DIR } from '../core/node-paths.js';
import type { ReadHost } from '../core/ports.js';
import type { FileReader } from './file-reader.js';

const lockSchema = z.object({ planId: z.string(), owner: z.string(), since: z.string() });

export async function collectMigrations(host: ReadHost, files: FileReader): Promise<MigrationFacts> {
  const names = await files.list(STATE_DIR);
  const others = names.filter((name) => name !== posix.basename(LOCK_PATH));
  const [lock, ...journals] = await Promise.all([
    names.length === others.length ? undefined : readLock(host),
    ...others.map((name) => readJournal(host, name)),
  ]);
  const found = journals.filter((journal) => journal !== undefined);
  return { lock, journals: found.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) };
}

async function readLock(host: ReadHost): Promise<MigrationFacts['lock']> {
  const bytes = await host.readFile(LOCK_PATH);
  if (bytes === undefined) return undefined;
  try {
    return lockSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new MigrateError('input', `${LOCK_PATH} on ${host.name} is not a lock of this tool`, { cause });
  }
}

async function readJournal(host: ReadHost, planId: string): Promise<MigrationFacts['journals'][number] | undefined> {
  const { dir, journal } = planPaths(planId);
  if ((await host.stat(dir))?.type !== 'directory') return undefined;
  const bytes = await host.readFile(journal);
  if (bytes === undefined) return undefined;
  try {
    const lines = parseJournal(new TextDecoder().decode(bytes));
    return { planId, outcome: journalState(lines).outcome, at: lines.at(-1)?.at ?? '' };
  } catch {
    // An old journal must not hide the others, nor pass for one that ended well.
    return { planId, outcome: 'damaged', at: '' };
  }
}
