import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import type { StepKind } from '../core/step.js';
import { clusterNode } from './cluster-node.js';
import { needKube } from './need-kube.js';

const params = z.object({});
const captured = z.object({ unschedulable: z.boolean() });

export const cordon: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'cordon',
  title: 'Cordon the node',
  why: 'No new pod may be placed on a node that is being emptied. A node that was cordoned before stays so afterwards.',
  params,
  captured,

  instances: () => [{ id: 'node', title: 'cordon the node', params: {} }],

  async check(read) {
    const { unschedulable } = await clusterNode(read);
    return unschedulable ? { state: 'done' } : { state: 'pending', because: 'the node is schedulable' };
  },

  capture: async (read) => ({ unschedulable: (await clusterNode(read)).unschedulable }),

  apply: (act) => needKube(act).setUnschedulable(act.node, true),

  async verify(read) {
    if (!(await clusterNode(read)).unschedulable)
      throw new MigrateError('failed', `${read.node} is schedulable after it was cordoned`);
  },

  undo: (_params, { unschedulable }) => (unschedulable ? [] : [{ do: 'set-unschedulable', value: false }]),
};
