import { digestOf } from '../core/digest.js';
import type { NodeInventory } from '../core/inventory.js';
import { PLAN_API_VERSION, type MigrateOptions, type MigrationPlan } from '../core/plan.js';
import { buildNodePlan, type PlanParts } from './build-node-plan.js';

/** The plan for some nodes, in the order given. */
export function buildPlan(
  inventories: readonly NodeInventory[],
  options: MigrateOptions,
  parts: PlanParts,
): MigrationPlan {
  const built = inventories.map((inventory) => buildNodePlan(inventory, options, parts));
  const plan = {
    apiVersion: PLAN_API_VERSION,
    kind: 'MigrationPlan',
    options,
    nodes: built.map(({ nodePlan }) => nodePlan),
    contents: Object.assign({}, ...built.map(({ contents }) => contents)) as Record<string, string>,
  } as const;
  return { ...plan, digest: digestOf(plan) };
}
