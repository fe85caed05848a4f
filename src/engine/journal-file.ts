import { sha256 } from '../core/digest.js';
import { MigrateError, messageOf } from '../core/errors.js';
import { journalState, parseJournal, type JournalEvent, type JournalLine, type JournalState } from '../core/journal.js';
import { planPaths } from '../core/node-paths.js';
import type { Clock, Host, ReadHost } from '../core/ports.js';

export interface JournalFile {
  /** On the node's disk when it resolves. */
  append(event: JournalEvent): Promise<void>;
  /** Written with the next `append`: for what a resume finds out anew when it is lost. */
  appendLater(event: JournalEvent): void;
  /** Where the migration stands, by all that was appended. */
  state(): JournalState;
  /** Keeps bytes beside the journal, once; returns their SHA-256. */
  readonly keep: (content: Uint8Array) => Promise<string>;
  /** What was kept under a SHA-256; undefined where nothing was. */
  readonly kept: (sha256: string) => Promise<Uint8Array | undefined>;
}

/** Opens the journal of one plan on its node. Errors: `failed` when it is damaged other than by a torn last line. */
export async function openJournal(host: Host, planId: string, clock: Clock): Promise<JournalFile> {
  const paths = planPaths(planId);
  const events: JournalEvent[] = await readJournal(host, planId);
  await dropTornLine(host, paths.journal);
  let later = '';
  const line = (event: JournalEvent): string => `${JSON.stringify({ at: clock.now().toISOString(), ...event })}\n`;
  return {
    async append(event) {
      const text = later + line(event);
      later = '';
      await host.appendFile(paths.journal, text);
      events.push(event);
    },
    appendLater(event) {
      later += line(event);
      events.push(event);
    },
    state: () => journalState(events),
    async keep(content) {
      const digest = sha256(content);
      if ((await host.stat(paths.backup(digest))) === undefined) {
        await host.writeFile(paths.backup(digest), content, { mode: 0o600 });
      }
      return digest;
    },
    kept: (digest) => host.readFile(paths.backup(digest)),
  };
}

/** What a power cut left of an append that was never answered: nothing rests on it, and the next line must not join it. */
async function dropTornLine(host: Host, path: string): Promise<void> {
  const text = new TextDecoder().decode(await host.readFile(path));
  if (text === '' || text.endsWith('\n')) return;
  await host.writeFile(path, text.slice(0, text.lastIndexOf('\n') + 1), { mode: 0o600 });
}

/** An empty list when the plan has no journal on the node. */
export async function readJournal(host: ReadHost, planId: string): Promise<JournalLine[]> {
  const { journal } = planPaths(planId);
  const content = await host.readFile(journal);
  if (content === undefined) return [];
  try {
    return parseJournal(new TextDecoder().decode(content));
  } catch (cause) {
    throw new MigrateError('failed', `${journal} on ${host.name} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
