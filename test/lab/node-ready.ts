import { z } from 'zod';
import type { Kubectl } from './kubectl.js';
import { waitFor } from './wait-for.js';

const Node = z.object({
  status: z.object({
    conditions: z.array(z.object({ type: z.string(), status: z.string(), message: z.string().optional() })).default([]),
    nodeInfo: z.object({ bootID: z.string(), containerRuntimeVersion: z.string() }),
  }),
});

/**
 * Waits until a node is Ready, and gives back its container runtime. The boot id tells a node that is back from the
 * memory of one that lost its power: the API server goes on calling that one Ready for some 20 s.
 */
export function nodeReady(kubectl: Kubectl, name: string, bootId: string, deadlineMs: number): Promise<string> {
  return waitFor(`node ${name} to be Ready`, deadlineMs, async () => {
    const { status } = Node.parse(JSON.parse(await kubectl(['get', 'node', name, '-o', 'json'])));
    if (status.nodeInfo.bootID !== bootId) throw new Error('its kubelet has not reported since it booted');
    const ready = status.conditions.find(({ type }) => type === 'Ready');
    if (ready?.status !== 'True') throw new Error(ready?.message ?? 'it has no condition Ready');
    return status.nodeInfo.containerRuntimeVersion;
  });
}
