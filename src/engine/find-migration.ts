import { MigrateError } from '../core/errors.js';
import { journalState, type JournalLine, type JournalState } from '../core/journal.js';
import { planPaths, STATE_DIR } from '../core/node-paths.js';
import { migrationPlanSchema, type MigrationPlan, type NodePlan } from '../core/plan.js';
import type { ReadHost } from '../core/ports.js';
import { readJournal } from './journal-file.js';
import { readLock, type Lock } from './lock.js';

/** A migration as its node remembers it. */
export interface FoundMigration {
  readonly plan: MigrationPlan;
  readonly nodePlan: NodePlan;
  readonly lines: readonly JournalLine[];
  readonly state: JournalState;
  readonly lock: Lock | undefined;
  /** The node has begun to roll itself back. */
  readonly guardFired: boolean;
}

/** The migration that holds the node's lock, else the one whose journal was written last; undefined when there was none. */
export async function findMigration(host: ReadHost): Promise<FoundMigration | undefined> {
  const lock = await readLock(host);
  const planIds = (await host.list(STATE_DIR)).filter((name) => name !== 'lock');
  const journals = await Promise.all(
    planIds.map(async (planId) => ({ planId, lines: await readJournal(host, planId) })),
  );
  const newest = journals
    .filter(({ lines }) => lines.length > 0)
    .toSorted((a, b) => ((a.lines.at(-1)?.at ?? '') < (b.lines.at(-1)?.at ?? '') ? 1 : -1))
    .find(({ planId }, _index, all) => planId === lock?.planId || !all.some((one) => one.planId === lock?.planId));
  if (newest === undefined) return undefined;
  const plan = await readPlan(host, newest.planId);
  const nodePlan = plan.nodes.find(({ planId }) => planId === newest.planId);
  if (nodePlan === undefined)
    throw new MigrateError('failed', `${planPaths(newest.planId).plan} on ${host.name} holds another plan`);
  const guardFired = (await host.stat(planPaths(newest.planId).guardFired)) !== undefined;
  return { plan, nodePlan, lines: newest.lines, state: journalState(newest.lines), lock, guardFired };
}

async function readPlan(host: ReadHost, planId: string): Promise<MigrationPlan> {
  const { plan: path } = planPaths(planId);
  const content = await host.readFile(path);
  if (content === undefined)
    throw new MigrateError('failed', `${path} is gone from ${host.name}: its journal cannot be followed`);
  const parsed = migrationPlanSchema.safeParse(JSON.parse(new TextDecoder().decode(content)));
  if (!parsed.success) throw new MigrateError('failed', `${path} on ${host.name} is of another version of the toolkit`);
  return parsed.data;
}
