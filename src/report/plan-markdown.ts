import type { MigrationPlan, NodePlan, Notice } from '../core/plan.js';
import { fileDiff } from './file-diff.js';
import { markdownCode } from './markdown-code.js';
import { markdownFence } from './markdown-fence.js';
import { markdownFolded } from './markdown-folded.js';
import { markdownManifests } from './markdown-manifests.js';
import { markdownNotices } from './markdown-notices.js';
import { markdownText } from './markdown-text.js';
import { planVerdict } from './plan-verdict.js';
import { settingCounts } from './setting-counts.js';
import { settingsMarkdown } from './settings-markdown.js';

/** A plan for a change ticket or a pull request: what matters in the open, the diffs folded. */
export function planMarkdown(plan: MigrationPlan): string {
  const lines = [
    `# Migration to ${plan.options.target}`,
    '',
    '| Node | From | To | Kubelet | Verdict |',
    '| --- | --- | --- | --- | --- |',
    ...plan.nodes.map(
      (node) =>
        `| ${[node.node, node.from, node.to, node.kubeletVersion].map(markdownCode).join(' | ')} | ${markdownText(planVerdict(node))} |`,
    ),
    '',
    ...plan.nodes.flatMap((node) => nodeSection(node, plan.contents)),
    '---',
    '',
    `Nothing was changed: this is only a plan. Its digest is ${markdownCode(plan.digest)}.`,
  ];
  return `${lines.join('\n')}\n`;
}

const DARK =
  '*(dark)*: from the stop of the kubelet until the node is Ready again. If the operator’s end falls silent meanwhile, the node puts itself back.';

function nodeSection(node: NodePlan, contents: Readonly<Record<string, string>>): string[] {
  const lines = [`## ${markdownText(node.node)}`, '', `${markdownText(sentence(planVerdict(node)))}.`, ''];
  lines.push(...notices(node.notices, 'blocker', 'Blockers'));
  lines.push(...notices(node.notices, 'undecided', 'Undecided'));
  lines.push(...notices(node.notices, 'warning', 'Warnings'));
  if (node.verdict === 'already') return lines;
  if (node.phases.length > 0) lines.push('### Steps', '', ...steps(node), '');
  if (node.phases.some((phase) => phase.guarded)) lines.push(DARK, '');
  const files = node.files.flatMap((change) => {
    const diff = fileDiff(change, contents);
    if (diff === undefined) return [];
    const state = change.before === null ? 'new' : 'changed';
    return markdownFolded({ name: change.path, state, why: change.why, body: markdownFence(diff, 'diff') });
  });
  if (node.settings.length > 0) {
    const state = settingCounts(node.settings);
    const table = markdownFolded({ state, why: '', body: settingsMarkdown(node.settings) });
    lines.push('### Settings', '', ...table);
  }
  if (files.length > 0) lines.push('### Files', '', ...files);
  if (node.manifests.length > 0) {
    lines.push('### For the cluster', '', ...markdownManifests(node.manifests, 'missing'));
  }
  if (node.differences.length > 0) {
    const notes = [...new Set(node.differences.map(({ note }) => note))];
    lines.push('### What pods will notice', '', ...notes.map((note) => `- ${markdownText(note)}`), '');
  }
  return lines;
}

function notices(all: readonly Notice[], level: Notice['level'], title: string): string[] {
  const some = all.filter((notice) => notice.level === level);
  if (some.length === 0) return [];
  return [`### ${title}`, '', ...markdownNotices(some), ''];
}

function steps(node: NodePlan): string[] {
  let number = 0;
  return node.phases.flatMap((phase, index) => [
    ...(index > 0 ? [''] : []),
    `**${markdownText(phase.name)}**: ${markdownText(phase.title)}${phase.guarded ? ' (dark)' : ''}`,
    '',
    ...phase.steps.map((step) => `${(number += 1)}. ${markdownText(step.title)}`),
  ]);
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
