import { z } from 'zod';
import type { Kubectl } from './kubectl.js';

const schema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), deletionTimestamp: z.string().optional() }),
      status: z.object({
        conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
        containerStatuses: z
          .array(
            z.object({
              containerID: z.string().default(''),
              state: z.object({ running: z.looseObject({}).optional() }),
            }),
          )
          .default([]),
      }),
    }),
  ),
});

export interface PodPrint {
  readonly name: string;
  /** Ready, and its container runs by the last word of its kubelet. */
  readonly runs: boolean;
  /** `docker`, `containerd`, `cri-o`. */
  readonly runtime: string;
}

/** The pods on a node, without those on their way out. */
export async function podsOn(kubectl: Kubectl, name: string): Promise<readonly PodPrint[]> {
  const all = ['get', 'pods', '--all-namespaces', `--field-selector=spec.nodeName=${name}`, '-o', 'json'];
  return schema
    .parse(JSON.parse(await kubectl(all)))
    .items.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ metadata, status }) => ({
      name: metadata.name,
      runs:
        status.conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True') &&
        status.containerStatuses.every(({ state }) => state.running !== undefined),
      runtime: status.containerStatuses[0]?.containerID.split('://')[0] ?? '',
    }));
}
