import type { ClusterState } from '../fakes/cluster/cluster-state.js';

/** Watches an app from now on: how many of its pods were ready when they were fewest. */
export function leastReady(cluster: ClusterState, app: string): () => number {
  const ready = (): number =>
    [...cluster.pods.values()].filter(
      (pod) => pod.labels['app'] === app && pod.ready && pod.deletionTimestamp === undefined,
    ).length;
  let least = ready();
  cluster.onChange(() => void (least = Math.min(least, ready())));
  return () => least;
}
