import { z } from 'zod';
import type { ClusterPod } from '../core/cluster-objects.js';
import { messageOf } from '../core/errors.js';
import type { ReadContext, StepKind } from '../core/step.js';
import { runtimePrefix } from './runtime-prefix.js';
import { until } from './until.js';
import { withCri } from './with-cri.js';

const DEADLINE_MS = 300_000;

const params = z.object({ endpoint: z.string(), runtime: z.string() });
const expectation = z.object({ namespace: z.string(), owner: z.string(), description: z.string() });
/** The pods that stay with the node and were well before: one for each DaemonSet and static pod. */
const captured = z.object({ expected: z.array(expectation) });

/** A pod that is made anew has another name; what owns it stays. A static pod's mirror keeps its name. */
function ownerOf(pod: ClusterPod): { owner: string; description: string } | undefined {
  const daemonSet = pod.owners.find(({ kind, controller }) => controller && kind === 'DaemonSet');
  if (daemonSet !== undefined)
    return { owner: daemonSet.uid, description: `DaemonSet ${pod.namespace}/${daemonSet.name}` };
  if (pod.annotations['kubernetes.io/config.mirror'] !== undefined) {
    return { owner: `mirror/${pod.name}`, description: `static pod ${pod.namespace}/${pod.name}` };
  }
  return undefined;
}

const isWellOn = (pod: ClusterPod, runtime: string): boolean =>
  pod.deletionTimestamp === undefined &&
  pod.ready &&
  pod.containers.every(({ containerId }) => containerId.startsWith(runtime));

export const provePods: StepKind<z.infer<typeof params>, z.infer<typeof captured>> = {
  kind: 'prove-pods',
  title: 'Wait until the DaemonSet and static pods run again',
  why: 'The node is given back when what belongs to it works on the new runtime, in containers of the new runtime, and no sandbox is failing.',
  params,
  captured,

  instances: ({ conversion, options }) => [
    {
      id: 'pods',
      title: 'wait until the DaemonSet and static pods that were here run again',
      params: { endpoint: conversion.endpoint, runtime: runtimePrefix(options.target) },
    },
  ],

  check: () => Promise.resolve({ state: 'pending', because: 'a proof holds for the moment it is made' }),

  async capture({ kube, node }) {
    const pods = (await kube?.podsOn(node)) ?? [];
    const expected = pods
      .filter((pod) => pod.ready && pod.deletionTimestamp === undefined)
      .flatMap((pod) => {
        const owned = ownerOf(pod);
        return owned === undefined ? [] : [{ namespace: pod.namespace, ...owned }];
      });
    return { expected };
  },

  apply: () => Promise.resolve(),

  async verify(read, { endpoint, runtime }, { expected }) {
    await until(read, {
      what: 'the DaemonSet and static pods of the node to run on the new runtime',
      deadlineMs: DEADLINE_MS,
      everyMs: 500,
      look: async () => {
        try {
          return (await missingPod(read, runtime, expected)) ?? (await failingSandbox(read, endpoint));
        } catch (error) {
          return messageOf(error);
        }
      },
    });
  },

  undo: () => [],
};

async function missingPod(
  read: ReadContext,
  runtime: string,
  expected: readonly z.infer<typeof expectation>[],
): Promise<string | undefined> {
  if (read.kube === undefined) return undefined;
  const pods = await read.kube.podsOn(read.node);
  for (const { owner, description } of expected) {
    const candidates = pods.filter((pod) => ownerOf(pod)?.owner === owner);
    if (candidates.some((pod) => isWellOn(pod, runtime))) continue;
    const waiting = candidates.flatMap(({ containers }) => containers).find(({ ready }) => !ready);
    const why =
      waiting === undefined
        ? 'has no pod here'
        : `waits: ${[waiting.reason, waiting.message].filter(Boolean).join(': ') || 'its container is not ready'}`;
    return `${description} ${why}`;
  }
  return undefined;
}

/** A sandbox that is down while its pod is wanted shows as the newest of its pod being not ready. */
async function failingSandbox(read: ReadContext, endpoint: string): Promise<string | undefined> {
  const { sandboxes } = await withCri(read, endpoint, (cri) => cri.facts());
  const ready = new Set(sandboxes.filter((sandbox) => sandbox.ready).map(({ uid }) => uid));
  const failing = sandboxes.find(({ uid }) => !ready.has(uid));
  return failing === undefined ? undefined : `the sandbox of ${failing.namespace}/${failing.name} is not running`;
}
