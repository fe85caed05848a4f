import { z } from 'zod';
import type { ClusterNode } from '../core/cluster-objects.js';
import { lenient } from './lenient.js';
import { parseObject } from './parse-object.js';

const schema = z.object({
  metadata: z.object({ name: z.string(), uid: lenient.text, labels: lenient.texts, annotations: lenient.texts }),
  spec: lenient.object({
    unschedulable: lenient.flag,
    providerID: lenient.text,
    taints: lenient.list(z.object({ key: lenient.text, value: lenient.text, effect: lenient.text })),
  }),
  status: lenient.object({
    addresses: lenient.list(z.object({ type: lenient.text, address: lenient.text })),
    allocatable: lenient.texts,
    conditions: lenient.list(
      z.object({
        type: lenient.text,
        status: z.enum(['True', 'False', 'Unknown']).catch('Unknown'),
        reason: lenient.text,
        message: lenient.text,
        lastHeartbeatTime: lenient.text,
      }),
    ),
    nodeInfo: lenient.object({
      kubeletVersion: lenient.text,
      containerRuntimeVersion: lenient.text,
      osImage: lenient.text,
      kernelVersion: lenient.text,
      architecture: lenient.text,
    }),
  }),
});

/** A v1 Node. */
export function nodeOf(raw: unknown): ClusterNode {
  const { metadata, spec, status } = parseObject(schema, raw, 'Node');
  const { nodeInfo } = status;
  return {
    name: metadata.name,
    uid: metadata.uid,
    labels: metadata.labels,
    annotations: metadata.annotations,
    taints: spec.taints,
    unschedulable: spec.unschedulable,
    providerId: spec.providerID,
    internalIp: status.addresses.find(({ type }) => type === 'InternalIP')?.address,
    kubeletVersion: nodeInfo.kubeletVersion,
    runtimeVersion: nodeInfo.containerRuntimeVersion,
    osImage: nodeInfo.osImage,
    kernelVersion: nodeInfo.kernelVersion,
    architecture: nodeInfo.architecture,
    conditions: status.conditions,
    allocatable: status.allocatable,
  };
}
