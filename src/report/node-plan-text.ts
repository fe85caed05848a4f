import type { Colors } from 'picocolors/types.js';
import type { NodePlan } from '../core/plan.js';
import { colorDiff } from './color-diff.js';
import { counted } from './counted.js';
import { fileDiff } from './file-diff.js';
import { noticeText } from './notice-text.js';
import { planSettingsText } from './plan-settings-text.js';
import { planVerdict } from './plan-verdict.js';
import { printable } from './printable.js';
import { stepListText } from './step-list-text.js';
import { wrapText } from './wrap-text.js';

/** One node's plan: verdict, what stands in the way, steps, diffs. */
export function nodePlanText(
  node: NodePlan,
  contents: Readonly<Record<string, string>>,
  colors: Colors,
  width: number,
): string[] {
  const lines = [headline(node, colors), ...verdict(node, colors, width), ''];
  lines.push(...noticeText(node.notices, colors, width));
  if (node.verdict === 'already') return lines;
  if (node.verdict === 'blocked' && node.phases.length > 0) lines.push('  Once nothing stands in the way:', '');
  if (node.phases.length > 0) lines.push(...stepListText(node.phases, colors, width), '');
  lines.push(...planSettingsText(node, colors, width));

  let unchanged = 0;
  for (const change of node.files) {
    const diff = fileDiff(change, contents);
    if (diff === undefined) {
      unchanged += 1;
      continue;
    }
    const state = change.before === null ? 'new file' : 'changed';
    const mode = change.mode.toString(8).padStart(4, '0');
    lines.push(`  ${colors.bold(printable(change.path))}  ${colors.dim(`${state}, mode ${mode}`)}`);
    if (change.why !== '') lines.push(...wrapText(change.why, width, '    '));
    lines.push(...colorDiff(diff, colors), '');
  }
  if (unchanged > 0) lines.push(`  ${counted(unchanged, 'file')} already as planned, not shown.`, '');
  return lines;
}

function headline(node: NodePlan, colors: Colors): string {
  const kubelet = colors.dim(`kubelet ${printable(node.kubeletVersion)}`);
  const way = node.verdict === 'already' ? printable(node.to) : `${printable(node.from)} → ${printable(node.to)}`;
  return `${colors.bold(printable(node.node))}  ${way}   ${kubelet}`;
}

function verdict(node: NodePlan, colors: Colors, width: number): string[] {
  const paint = { migrate: colors.green, already: colors.green, blocked: colors.red }[node.verdict];
  return wrapText(planVerdict(node), width, '  ').map(paint);
}
