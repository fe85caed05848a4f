import type { ClusterPod } from '../core/cluster-objects.js';
import type { Clock, KubeApi } from '../core/ports.js';

/** What the parts of one drain share. */
export interface DrainRun {
  readonly kube: Pick<KubeApi, 'pod' | 'evict'>;
  readonly clock: Clock;
  /** One for the whole drain; undefined waits for ever. */
  readonly deadline: Date | undefined;
  /** Aborted by the user, or because another pod's eviction failed for good. */
  readonly signal: AbortSignal;
  readonly graceSeconds: number | undefined;
  /** Between two looks at one pod; grows with their number. */
  readonly pollMs: number;
  /** What a pod waits for, said when it changes and now and then in between. */
  readonly tell: (subject: string, text: string) => void;
}

/** How it went with one pod. `pending` is what the deadline or the signal cut short, with what it waited for last. */
export type PodEnd =
  | { readonly pod: ClusterPod; readonly end: 'gone' }
  | { readonly pod: ClusterPod; readonly end: 'failed' | 'pending'; readonly because: string };
