import type { NodePlan, Notice } from '../core/plan.js';
import { counted } from './counted.js';

const count = (node: NodePlan, level: Notice['level']): number =>
  node.notices.filter((notice) => notice.level === level).length;

/** One line on what a node's plan comes to. */
export function planVerdict(node: NodePlan): string {
  const warnings = count(node, 'warning');
  switch (node.verdict) {
    case 'already':
      return `already on ${node.to}: nothing to do`;
    case 'blocked': {
      const reasons = [
        count(node, 'blocker') > 0 ? counted(count(node, 'blocker'), 'blocker') : '',
        count(node, 'undecided') > 0 ? `${count(node, 'undecided')} undecided` : '',
        warnings > 0 ? counted(warnings, 'warning') : '',
      ];
      return `blocked: ${reasons.filter(Boolean).join(', ') || 'see below'}`;
    }
    case 'migrate': {
      const steps = node.phases.reduce((total, phase) => total + phase.steps.length, 0);
      const files = node.files.filter((file) => file.before?.sha256 !== file.sha256).length;
      const undecided = count(node, 'undecided');
      return [
        `ready to migrate: ${counted(steps, 'step')}`,
        `${counted(files, 'file')} to write`,
        ...(undecided > 0 ? [`${undecided} undecided`] : []),
        counted(warnings, 'warning'),
      ].join(', ');
    }
  }
}
