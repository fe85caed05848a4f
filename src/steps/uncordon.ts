import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import { valueOf } from '../core/fact.js';
import type { StepKind } from '../core/step.js';
import { clusterNode } from './cluster-node.js';
import { needKube } from './need-kube.js';

const params = z.object({});
const captured = z.object({});

export const uncordon: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'uncordon',
  title: 'Uncordon the node',
  why: 'The node is given back as it was found: schedulable, unless somebody had cordoned it before.',
  params,
  captured,

  instances: ({ inventory }) =>
    valueOf(inventory.node)?.unschedulable === true ? [] : [{ id: 'node', title: 'uncordon the node', params: {} }],

  async check(read) {
    const { unschedulable } = await clusterNode(read);
    return unschedulable ? { state: 'pending', because: 'the node is cordoned' } : { state: 'done' };
  },

  capture: () => Promise.resolve({}),

  apply: (act) => needKube(act).setUnschedulable(act.node, false),

  async verify(read) {
    if ((await clusterNode(read)).unschedulable)
      throw new MigrateError('failed', `${read.node} is cordoned after it was uncordoned`);
  },

  undo: () => [{ do: 'set-unschedulable', value: true }],
};
