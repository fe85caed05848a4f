import type { ClusterPod } from '../core/cluster-objects.js';
import { MigrateError } from '../core/errors.js';
import type { Clock, KubeApi } from '../core/ports.js';
import { drainError } from './drain-error.js';
import { evictPods } from './evict-pods.js';
import { goneDaemonSets } from './gone-daemon-sets.js';
import { isTransient } from './is-transient.js';
import { podKey } from './pod-key.js';
import { untilAborted } from './until-aborted.js';
import { waitDetached } from './wait-detached.js';

/** As `drainDecisions` of the plan makes them. */
export interface Decisions {
  readonly evict: readonly ClusterPod[];
  readonly stay: readonly { readonly pod: ClusterPod; readonly because: string }[];
  readonly refusals: readonly { readonly pod: ClusterPod; readonly because: string; readonly fix: string }[];
  readonly warnings: readonly { readonly pod: ClusterPod; readonly warning: string }[];
}

export interface DrainInput {
  readonly kube: Pick<KubeApi, 'podsOn' | 'pod' | 'evict' | 'daemonSetExists' | 'volumeAttachments'>;
  readonly node: string;
  /** What is to become of the pods that are there now, given the DaemonSets (`namespace/name`) that are not. */
  readonly decide: (pods: readonly ClusterPod[], goneDaemonSets: ReadonlySet<string>) => Decisions;
  readonly options: { readonly gracePeriodSeconds?: number | undefined; readonly timeoutMs: number };
  /** Default: `timeoutMs` from now, where 0 is for ever. */
  readonly deadline?: Date;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly report: (progress: string) => void;
}

export interface Drained {
  readonly evicted: readonly ClusterPod[];
  readonly stayed: readonly ClusterPod[];
  readonly warnings: readonly string[];
}

/**
 * Drains a node that is cordoned already, as kubectl does: everything is decided before the first eviction. Then the
 * volumes of the evicted pods are waited for, which kubectl leaves out: one that stays attached to a node whose runtime
 * is exchanged holds up its pod elsewhere.
 */
export async function drainNode(input: DrainInput): Promise<Drained> {
  const { kube, node, options, clock, signal, report, decide } = input;
  const started = clock.now().getTime();
  const deadline = input.deadline ?? (options.timeoutMs > 0 ? new Date(started + options.timeoutMs) : undefined);
  const interrupted = (): MigrateError => new MigrateError('interrupted', `the drain of node ${node} was interrupted`);

  const look = async () => {
    const pods = await kube.podsOn(node);
    const gone = await goneDaemonSets(kube, pods);
    const decisions = decide(pods, gone);
    const staying = decisions.stay.flatMap(({ pod: { namespace, claims = [] } }) =>
      claims.map((claim) => ({ namespace, claim })),
    );
    return { gone, decisions, staying, attachments: await kube.volumeAttachments(node, staying) };
  };
  const { gone, decisions, staying, attachments } = await untilAborted(look, signal, interrupted);
  refuse(node, decisions.refusals);
  const warnings = decisions.warnings.map(({ pod, warning }) => `${podKey(pod)}: ${warning}`);
  for (const warning of warnings) report(warning);

  const acting = { kube, clock, deadline, signal, report };
  const ends = await evictPods(decisions.evict, { ...acting, graceSeconds: options.gracePeriodSeconds });
  const seconds = Math.round(((deadline ?? clock.now()).getTime() - started) / 1000);
  const error = drainError(node, ends, signal.aborted, seconds);
  if (error !== undefined) throw error;
  await waitDetached(node, attachments, staying, acting);

  // A pod may tolerate the cordon, and kubectl does not look again.
  const after = await untilAborted(async () => await kube.podsOn(node).catch(noneIfTransient), signal, interrupted);
  for (const pod of decide(after, gone).evict) {
    warnings.push(
      `${podKey(pod)}: it came to the node in spite of the cordon, and is restarted by the switch of the runtime`,
    );
  }
  return { evicted: decisions.evict, stayed: decisions.stay.map(({ pod }) => pod), warnings };
}

function refuse(node: string, refusals: Decisions['refusals']): void {
  if (refusals.length === 0) return;
  const sentences = refusals.map(({ pod, because }) => `${podKey(pod)}: ${because}`);
  throw new MigrateError('blocked', `node ${node} cannot be drained, and no pod was evicted: ${sentences.join('; ')}`, {
    hint: [...new Set(refusals.map(({ fix }) => fix))].join('; '),
  });
}

function noneIfTransient(error: unknown): readonly ClusterPod[] {
  if (isTransient(error)) return [];
  throw error;
}
