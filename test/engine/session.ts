import { vi } from 'vitest';
import { planParts } from '../../src/cli/plan-parts.js';
import type { NodeResult } from '../../src/core/events.js';
import type { MigrateOptions, MigrationPlan, NodePlan } from '../../src/core/plan.js';
import { findMigration } from '../../src/engine/find-migration.js';
import { migrateNode, resumeNode, rollbackNode } from '../../src/engine/migrate-node.js';
import { buildPlan } from '../../src/plan/build-plan.js';
import type { FakeWorld } from '../fakes/fake-world.js';
import { operator, type Operator, type OperatorOptions } from '../fakes/operator.js';
import type { Variant } from '../fakes/standard-world.js';

export const NODE = 'w1';

/** A session of the toolkit, doing what its commands do. */
export interface Session {
  readonly operator: Operator;
  plan(options: MigrateOptions): Promise<MigrationPlan>;
  migrate(plan: MigrationPlan, onFailure?: 'rollback' | 'stop'): Promise<NodeResult>;
  resume(): Promise<NodeResult>;
  rollback(): Promise<NodeResult>;
}

/** The engine beats by the machine's timers; here they are the world's. */
export function session(world: FakeWorld, options: OperatorOptions = {}): Session {
  const own = operator(world, NODE, options);
  vi.stubGlobal('setInterval', (work: () => void, ms: number) => {
    const interval = { on: true, unref: () => undefined };
    const beat = (): void => {
      if (!interval.on) return;
      own.uncounted(work);
      world.clock.after(ms, beat);
    };
    world.clock.after(ms, beat);
    return interval;
  });
  vi.stubGlobal('clearInterval', (interval: { on: boolean } | undefined) => {
    if (interval !== undefined) interval.on = false;
  });
  const found = async () => {
    const migration = await findMigration(own.env.readHost);
    if (migration === undefined) throw new Error(`${NODE} remembers no migration`);
    return { env: own.env, plan: migration.plan, nodePlan: migration.nodePlan, onFailure: 'rollback' as const };
  };
  return {
    operator: own,
    plan: async (wanted) => buildPlan([await own.collect()], wanted, await planParts(wanted)),
    migrate: (plan, onFailure = 'rollback') => migrateNode({ env: own.env, plan, nodePlan: onlyNode(plan), onFailure }),
    resume: async () => resumeNode(await found()),
    rollback: async () => rollbackNode(await found(), 'it was asked for'),
  };
}

export function onlyNode(plan: MigrationPlan): NodePlan {
  const [nodePlan] = plan.nodes;
  if (nodePlan === undefined) throw new Error('the plan has no node');
  return nodePlan;
}

export const optionsFor = (variant: Variant): MigrateOptions => ({
  target: variant === 'crio' ? 'crio' : 'containerd',
  foreign: variant === 'shared' ? 'stop' : 'block',
  drain: { force: false, deleteEmptyDirData: false, timeoutMs: 300_000 },
});
