import pc from 'picocolors';
import type { MigrationPlan } from '../core/plan.js';
import { counted } from './counted.js';
import { nextCommand } from './next-command.js';
import { nodePlanText } from './node-plan-text.js';
import { printable } from './printable.js';
import type { TextOptions } from './text-options.js';

export interface PlanTextOptions extends TextOptions {
  /** Where the plan was saved, if it was: the next command then names it. */
  readonly planFile?: string;
  /** False where the plan is shown only to be confirmed: then it does not say that nothing happens, nor what to run. */
  readonly closing?: boolean;
}

/** A plan for reading on a terminal. */
export function planText(plan: MigrationPlan, options: PlanTextOptions): string {
  const colors = pc.createColors(options.color);
  const rule = colors.dim('─'.repeat(Math.min(options.width, 80)));
  const lines = plan.nodes.flatMap((node, index) => [
    ...(index > 0 ? [rule, ''] : []),
    ...nodePlanText(node, plan.contents, colors, options.width),
  ]);
  if (plan.nodes.length > 1) lines.push(rule, '', summary(plan), '');
  if (options.closing === false) return `${lines.join('\n').trimEnd()}\n`;
  lines.push('Nothing was changed: this is only a plan.');

  const commands = plan.nodes.flatMap((node) => nextCommand(plan, node, options.planFile) ?? []);
  const [first, ...others] = commands.map(printable);
  if (first !== undefined)
    lines.push(`next: ${colors.bold(first)}`, ...others.map((command) => `      ${colors.bold(command)}`));
  else if (plan.nodes.some((node) => node.verdict === 'blocked'))
    lines.push('next: clear what blocks, then plan again.');
  return `${lines.join('\n')}\n`;
}

function summary(plan: MigrationPlan): string {
  const of = (verdict: string): number => plan.nodes.filter((node) => node.verdict === verdict).length;
  const parts = [`${of('migrate')} ready`, `${of('blocked')} blocked`, `${of('already')} already done`];
  return `${counted(plan.nodes.length, 'node')}: ${parts.join(', ')}`;
}
