import { setMaxListeners } from 'node:events';
import type { ClusterPod } from '../core/cluster-objects.js';
import { messageOf } from '../core/errors.js';
import type { DrainRun, PodEnd } from './drain-run.js';
import { evictPod } from './evict-pod.js';
import { interruptible } from './interruptible.js';
import { podKey } from './pod-key.js';
import { progressTeller } from './progress-teller.js';

const PARALLEL_CALLS = 20;

export interface Eviction extends Pick<DrainRun, 'kube' | 'clock' | 'deadline' | 'signal' | 'graceSeconds'> {
  readonly report: (progress: string) => void;
}

/** Evicts pods side by side until all are gone, the time is up, or one cannot be evicted at all: that stops the others. */
export async function evictPods(pods: readonly ClusterPod[], eviction: Eviction): Promise<readonly PodEnd[]> {
  const { report, clock, signal } = eviction;
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  // Every pod listens, and Node takes more than ten listeners for a leak.
  setMaxListeners(0, stop);
  const { tell, last } = progressTeller(report, clock);
  const run: DrainRun = {
    ...eviction,
    kube: interruptible(eviction.kube, stop, PARALLEL_CALLS),
    signal: stop,
    pollMs: Math.max(1000, pods.length * 50),
    tell,
  };

  const one = async (pod: ClusterPod): Promise<PodEnd> => {
    try {
      const end = await evictPod(pod, run);
      if (end.end === 'gone') report(`${podKey(pod)} is gone`);
      if (end.end === 'failed') failure.abort();
      return end;
    } catch (error) {
      if (stop.aborted) return { pod, end: 'pending', because: last(podKey(pod)) ?? 'was not evicted yet' };
      failure.abort();
      return { pod, end: 'failed', because: messageOf(error) };
    }
  };
  return await Promise.all(pods.map(one));
}
