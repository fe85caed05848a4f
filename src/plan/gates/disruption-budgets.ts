import { budgetVerdict } from '../../drain/budget-verdict.js';
import { drainDecisions } from '../../drain/drain-decisions.js';
import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';
import { podName } from './pod-name.js';

export const disruptionBudgets: Gate = {
  id: 'disruption-budgets',
  title: 'The disruption budgets let the pods go',
  why: 'The API server refuses evictions that a budget does not allow. A budget that can never allow one holds the drain until its deadline, with the node cordoned meanwhile.',
  links: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
  check: ({ inventory: { pods, budgets }, options }) => {
    if (!pods.known) return [notKnown('which pods the drain has to move', pods.why)];
    if (!budgets.known) return [notKnown('whether disruption budgets allow the drain', budgets.why)];
    const { stay } = drainDecisions(pods.value, { options: options.drain, goneDaemonSets: new Set() });
    const staying = new Set(stay.map(({ pod }) => pod));
    const { never, waiting } = budgetVerdict(
      pods.value.filter((pod) => !staying.has(pod)),
      budgets.value,
    );
    return [
      ...never.map(({ pod, because, fix }) => ({
        level: 'blocker' as const,
        message: `pod ${podName(pod)} cannot be evicted: ${because}`,
        fix,
      })),
      ...waiting.map(({ pod, because }) => ({
        level: 'warning' as const,
        message: `pod ${podName(pod)} cannot be evicted at present: ${because}`,
        fix: 'the drain waits for it until its timeout; see that the other pods become healthy',
      })),
    ];
  },
};
