import type { MigrationPlan, NodePlan } from '../core/plan.js';

/** The command that carries out a node's plan as it was shown; undefined when there is nothing to carry out. */
export function nextCommand(plan: MigrationPlan, node: NodePlan, planFile?: string): string | undefined {
  if (node.verdict !== 'migrate') return undefined;
  if (planFile !== undefined) return `migrate node ${node.node} --plan ${planFile}`;
  const words = [`migrate node ${node.node} --target ${plan.options.target}`];
  if (plan.options.foreign === 'keep-docker') words.push('--keep-docker');
  if (plan.options.foreign === 'stop') words.push('--stop-foreign');
  const { force, deleteEmptyDirData, gracePeriodSeconds } = plan.options.drain;
  if (force) words.push('--force');
  if (deleteEmptyDirData) words.push('--delete-emptydir-data');
  if (gracePeriodSeconds !== undefined) words.push(`--grace-period ${gracePeriodSeconds}`);
  return words.join(' ');
}
