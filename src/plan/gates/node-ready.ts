import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';

export const nodeReady: Gate = {
  id: 'node-ready',
  title: 'The node is Ready',
  why: 'A node that is not Ready before the migration cannot prove by being Ready that the migration went well, and hides a fault that a new runtime will not mend.',
  links: ['https://kubernetes.io/docs/reference/node/node-status/'],
  check: ({ inventory: { name, node } }) => {
    if (!node.known) return [notKnown(`the state of the node ${name} in the cluster`, node.why)];
    const ready = node.value.conditions.find(({ type }) => type === 'Ready');
    if (ready?.status === 'True') return [];
    const reason = ready === undefined ? 'it reports no such condition' : `${ready.reason}: ${ready.message}`;
    return [
      {
        level: 'blocker',
        message: `node ${name} is not Ready (${reason})`,
        fix: 'make the node Ready on its present runtime first',
      },
    ];
  },
};
