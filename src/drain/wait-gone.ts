import type { ClusterPod } from '../core/cluster-objects.js';
import type { DrainRun, PodEnd } from './drain-run.js';
import { isTransient } from './is-transient.js';
import { pause } from './pause.js';
import { podKey } from './pod-key.js';

/** Waits until a pod that is being deleted is no more, or its name belongs to another. */
export async function waitGone(pod: ClusterPod, run: DrainRun): Promise<PodEnd> {
  const grace = run.graceSeconds ?? pod.terminationGracePeriodSeconds;
  for (;;) {
    let because = `is being deleted, with ${grace} s to end by itself`;
    try {
      const seen = await run.kube.pod(pod.namespace, pod.name);
      if (seen === undefined || seen.uid !== pod.uid) return { pod, end: 'gone' };
    } catch (error) {
      // kubectl gives up here; an API server that restarts is no reason to.
      if (!isTransient(error)) throw error;
      because = `is being deleted; whether it is gone cannot be seen: ${error.message}`;
    }
    run.tell(podKey(pod), because);
    if (!(await pause(run, run.pollMs))) return { pod, end: 'pending', because };
  }
}
