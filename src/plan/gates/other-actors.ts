import type { Notice } from '../../core/plan.js';
import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';

export const otherActors: Gate = {
  id: 'other-actors',
  title: 'Nothing else is about to take the node away',
  why: 'The cluster autoscaler takes a drained node for an idle one and deletes it; kured drains and reboots nodes by itself. Either in the middle of a migration leaves half a node.',
  links: ['https://kured.dev/docs/', 'https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md'],
  check: ({ inventory: { name, node } }) => {
    if (!node.known) return [notKnown(`whether something else works on the node ${name}`, node.why)];
    const { taints, annotations } = node.value;
    const tainted = (key: string): boolean => taints.some((taint) => taint.key === key);
    const keep = `annotate it with cluster-autoscaler.kubernetes.io/scale-down-disabled=true, wait until the taint is gone, and plan again`;
    const notices: Omit<Notice, 'gate'>[] = [];
    if (tainted('ToBeDeletedByClusterAutoscaler')) {
      const message = `the cluster autoscaler is deleting node ${name}`;
      notices.push({ level: 'blocker', message, fix: 'leave it to the autoscaler' });
    } else if (tainted('DeletionCandidateOfClusterAutoscaler')) {
      const message = `the cluster autoscaler considers deleting node ${name}, and a drain makes that likelier`;
      notices.push({ level: 'warning', message, fix: keep });
    }
    if (Object.hasOwn(annotations, 'weave.works/kured-reboot-in-progress')) {
      const message = `kured is rebooting node ${name}`;
      notices.push({ level: 'blocker', message, fix: 'wait until kured is done with the node, and plan again' });
    }
    return notices;
  },
};
