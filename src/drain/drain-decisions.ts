import type { ClusterPod } from '../core/cluster-objects.js';
import { drainFilters, type DrainCircumstances } from './drain-filters.js';

export interface DrainDecisions {
  readonly evict: readonly ClusterPod[];
  readonly stay: readonly { readonly pod: ClusterPod; readonly because: string }[];
  /** With any of these, no pod of the node may be evicted. */
  readonly refusals: readonly { readonly pod: ClusterPod; readonly because: string; readonly fix: string }[];
  readonly warnings: readonly { readonly pod: ClusterPod; readonly warning: string }[];
}

/** What a drain does to each pod of a node: everything is decided, and every refusal known, before the first eviction. */
export function drainDecisions(pods: readonly ClusterPod[], circumstances: DrainCircumstances): DrainDecisions {
  const decisions = { evict: [] as ClusterPod[], stay: [] as DrainDecisions['stay'][number][] };
  const refusals: DrainDecisions['refusals'][number][] = [];
  const warnings: DrainDecisions['warnings'][number][] = [];

  for (const pod of pods) {
    const said = Object.values(drainFilters).map((filter) => filter(pod, circumstances));
    // A pod that stays loses nothing, whatever the other filters say of it.
    const skips = said.filter((one) => one.decision === 'skip');
    const refused = skips.length > 0 ? [] : said.filter((one) => one.decision === 'refuse');
    if (skips.length > 0) decisions.stay.push({ pod, because: skips.map(({ because }) => because).join('; ') });
    else if (refused.length === 0) decisions.evict.push(pod);

    refusals.push(...refused.map(({ because, fix }) => ({ pod, because, fix })));
    for (const one of skips.length > 0 ? skips : said) {
      if (one.decision !== 'refuse' && one.warning !== undefined) warnings.push({ pod, warning: one.warning });
    }
  }
  return { ...decisions, refusals, warnings };
}
