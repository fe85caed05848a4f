import pc from 'picocolors';
import type { NodeResult, StepStatus } from '../core/events.js';
import { counted } from './counted.js';
import { durationText } from './duration-text.js';
import { parityText } from './parity-text.js';
import { printable } from './printable.js';
import type { TextOptions } from './text-options.js';
import { wrapText } from './wrap-text.js';

/** How it ended, in words: the outcome first, then why, then which command comes next. */
export function resultText(result: NodeResult, options: TextOptions): string[] {
  const colors = pc.createColors(options.color);
  const good = result.outcome === 'migrated' || result.outcome === 'already';
  const paint = good ? colors.green : result.outcome === 'needs-hands' ? colors.red : colors.yellow;
  const lines = wrapText(outcomeSentence(result), options.width).map((line) => colors.bold(paint(line)));
  if (result.steps.length > 0) lines.push(...wrapText(account(result), options.width, '  '));
  if (result.parity !== undefined) lines.push(...parityText(result.parity, options.width));
  for (const error of result.errors)
    lines.push(...wrapText(error, options.width, '         ', `  ${colors.red('error:')} `));
  for (const warning of result.warnings)
    lines.push(...wrapText(warning, options.width, '           ', `  ${colors.yellow('warning:')} `));
  const next = nextStep(result);
  if (next !== undefined) lines.push(...wrapText(next, options.width, '        ', '  next: '));
  return lines;
}

function account({ steps, darkMs }: NodeResult): string {
  const of = (status: StepStatus): number => steps.filter((step) => step.status === status).length;
  const parts = [
    counted(of('done'), 'step done', 'steps done'),
    ...(of('unneeded') > 0 ? [`${of('unneeded')} unneeded`] : []),
    ...(of('failed') > 0 ? [`${of('failed')} failed`] : []),
    ...(of('undone') > 0 ? [`${of('undone')} undone`] : []),
    `in ${durationText(steps.reduce((sum, step) => sum + step.ms, 0))}`,
    ...(darkMs === null ? [] : [`dark for ${durationText(darkMs)}`]),
  ];
  return parts.join(', ');
}

function outcomeSentence(result: NodeResult): string {
  const [node, from, to] = [result.node, result.from, result.to].map(printable);
  switch (result.outcome) {
    case 'migrated':
      return `${node} moved from ${from} to ${to}.`;
    case 'already':
      return `${node} is already on ${to}: nothing was done.`;
    case 'rolled-back':
      return `${node} is back on ${from}, as it was before.`;
    case 'stopped':
      return `${node} stopped at a failed step and was left as it is.`;
    case 'needs-hands':
      return `${node} could not be put back: it needs your hands.`;
    case 'interrupted':
      return `${node} was interrupted; its journal is on the node.`;
    case 'blocked':
      return `${node} is blocked: nothing was changed.`;
  }
}

function nextStep(result: NodeResult): string | undefined {
  const node = printable(result.node);
  switch (result.outcome) {
    case 'migrated':
    case 'already':
      return undefined;
    case 'rolled-back':
      return result.errors.length > 0 ? `clear the cause, then migrate plan ${node}` : undefined;
    case 'stopped':
    case 'interrupted':
      return `migrate resume ${node} to go on, or migrate rollback ${node} to put it back`;
    case 'needs-hands':
      return `migrate status ${node} to see where it stands; when the cause is gone, migrate rollback ${node}`;
    case 'blocked':
      return `migrate plan ${node} shows what blocks`;
  }
}
