import type { ClusterPod } from '../core/cluster-objects.js';
import type { EvictionAnswer } from '../core/ports.js';
import type { DrainRun, PodEnd } from './drain-run.js';
import { isTransient } from './is-transient.js';
import { pause } from './pause.js';
import { podKey } from './pod-key.js';
import { waitGone } from './wait-gone.js';

/** kubectl's delay, where the API server names none. */
const RETRY_MS = 5000;
const MAX_BACK_OFF_MS = 30_000;

/** Evicts one pod and waits until it is gone, however often the API server has to be asked. */
export async function evictPod(pod: ClusterPod, run: DrainRun): Promise<PodEnd> {
  let current = pod;
  let failures = 0;
  if (!(await pause(run, 0))) return { pod, end: 'pending', because: 'was not evicted in time' };
  for (;;) {
    const answer = await run.kube.evict(pod, run.graceSeconds);
    if (answer.outcome === 'gone') return { pod, end: 'gone' };
    if (answer.outcome === 'failed') return { pod, end: 'failed', because: answer.because };
    if (answer.outcome === 'accepted') return await waitGone(pod, run);
    if (answer.outcome === 'namespace-terminating' && current.deletionTimestamp !== undefined)
      return await waitGone(pod, run);

    failures = answer.outcome === 'transient' ? failures + 1 : 0;
    const because = waitsFor(pod, answer);
    run.tell(podKey(pod), because);
    if (!(await pause(run, delayMs(answer, failures)))) return { pod, end: 'pending', because };

    try {
      const seen = await run.kube.pod(pod.namespace, pod.name);
      // A pod that was made anew under the same name is another pod, most likely on another node.
      if (seen === undefined || seen.uid !== pod.uid) return { pod, end: 'gone' };
      if (seen.deletionTimestamp !== undefined && current.deletionTimestamp === undefined)
        return await waitGone(pod, run);
      current = seen;
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
  }
}

type Again = Extract<EvictionAnswer, { outcome: 'refused' | 'namespace-terminating' | 'transient' }>;

function waitsFor(pod: ClusterPod, answer: Again): string {
  switch (answer.outcome) {
    case 'refused':
      return answer.budget === undefined
        ? `waits for the API server, which asks to come back later: ${answer.because}`
        : `waits for budget ${pod.namespace}/${answer.budget}: ${answer.because}`;
    case 'namespace-terminating':
      return `waits for its namespace, which is being deleted: ${answer.because}`;
    case 'transient':
      return `is to be tried again: ${answer.because}`;
  }
}

function delayMs(answer: Again, failures: number): number {
  switch (answer.outcome) {
    case 'refused':
      return answer.retryAfterMs ?? RETRY_MS;
    case 'namespace-terminating':
      return RETRY_MS;
    case 'transient':
      return Math.min(1000 * 2 ** (failures - 1), MAX_BACK_OFF_MS);
  }
}
