import { z } from 'zod';
import type { Kubectl } from './kubectl.js';

const schema = z.object({
  metadata: z.object({
    annotations: z.record(z.string(), z.string()).default({}),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.looseObject({
    unschedulable: z.boolean().default(false),
    taints: z.array(z.looseObject({ key: z.string(), timeAdded: z.string().optional() })).default([]),
  }),
});

/** What people and controllers set on a Node, as opposed to what its kubelet reports. */
export async function nodeObject(kubectl: Kubectl, name: string) {
  const { metadata, spec } = schema.parse(JSON.parse(await kubectl(['get', 'node', name, '-o', 'json'])));
  // The controller's own taints follow the node's condition, some seconds behind; the cordon is `unschedulable`.
  const taints = spec.taints.filter(({ key }) => !key.startsWith('node.kubernetes.io/'));
  return { ...metadata, spec: { ...spec, taints } };
}
