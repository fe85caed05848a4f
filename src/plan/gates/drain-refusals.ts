import type { ClusterPod } from '../../core/cluster-objects.js';
import type { Notice } from '../../core/plan.js';
import { drainDecisions } from '../../drain/drain-decisions.js';
import type { Gate } from '../gate.js';
import { nameList } from './name-list.js';
import { notKnown } from './not-known.js';
import { podName } from './pod-name.js';

export const drainRefusals: Gate = {
  id: 'drain-refusals',
  title: 'Every pod can be drained or may stay',
  why: 'A drain takes away what is not kept elsewhere: data in emptyDir volumes, pods that no controller starts again. It begins only when every pod of the node may go.',
  links: ['https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/'],
  check: ({ inventory: { pods }, options }) => {
    if (!pods.known) return [notKnown('which pods the drain has to move', pods.why)];
    const { refusals, warnings } = drainDecisions(pods.value, { options: options.drain, goneDaemonSets: new Set() });
    return [
      ...grouped(refusals, ({ because, fix }) => ({ level: 'blocker', message: `cannot be drained: ${because}`, fix })),
      ...grouped(warnings, ({ warning }) => ({
        level: 'warning',
        message: `in the drain: ${warning}`,
        fix: 'see that this is meant',
      })),
    ];
  },
};

/** One notice for all pods of which the same is to be said. */
function grouped<T extends { readonly pod: ClusterPod }>(
  entries: readonly T[],
  say: (entry: T) => Omit<Notice, 'gate'>,
): Omit<Notice, 'gate'>[] {
  const groups = new Map<string, { notice: Omit<Notice, 'gate'>; pods: string[] }>();
  for (const entry of entries) {
    const notice = say(entry);
    const key = JSON.stringify(notice);
    const group = groups.get(key) ?? { notice, pods: [] };
    groups.set(key, group);
    group.pods.push(podName(entry.pod));
  }
  return [...groups.values()].map(({ notice, pods }) => ({
    ...notice,
    message: `${pods.length === 1 ? 'pod' : 'pods'} ${nameList(pods)} ${notice.message}`,
  }));
}
