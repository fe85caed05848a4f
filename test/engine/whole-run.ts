import type { MigrationPlan } from '../../src/core/plan.js';
import { nodeState, type NodeState } from '../fakes/node-state.js';
import { standardWorld, type Variant } from '../fakes/standard-world.js';
import { NODE, onlyNode, optionsFor, session } from './session.js';

/** A migration that nothing disturbs: what all others are compared with. */
export interface WholeRun {
  readonly variant: Variant;
  readonly plan: MigrationPlan;
  readonly before: NodeState;
  readonly migrated: NodeState;
  /** The calls that change something, in order: where faults can strike. */
  readonly calls: readonly string[];
}

export async function wholeRun(variant: Variant): Promise<WholeRun> {
  const world = await standardWorld(variant);
  const before = nodeState(world, NODE);
  const { plan, migrate, operator } = session(world);
  const made = await plan(optionsFor(variant));
  const { verdict, notices } = onlyNode(made);
  if (verdict !== 'migrate') throw new Error(`blocked: ${notices.map(({ message }) => message).join('; ')}`);
  const result = await migrate(made);
  if (result.outcome !== 'migrated') throw new Error(`${result.outcome}: ${result.errors.join('; ')}`);
  await world.settle();
  return { variant, plan: made, before, migrated: nodeState(world, NODE), calls: operator.calls };
}
