import type { ClusterNode, ClusterPod } from '../../../src/core/cluster-objects.js';
import type { ClusterState } from './cluster-state.js';

export interface Workload {
  readonly kind: 'Deployment' | 'DaemonSet';
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  /** Of a Deployment. */
  readonly replicas?: number;
  readonly hostNetwork?: boolean;
  readonly graceSeconds?: number;
}

const labelsOf = ({ name }: Workload): Record<string, string> => ({ app: name });

/** Controllers and the scheduler: what is missing is made, and put where there is room for it. */
export function runWorkloads(state: ClusterState, workloads: readonly Workload[]): void {
  let made = 0;

  function ofWorkload({ namespace, name }: Workload): ClusterPod[] {
    return [...state.pods.values()].filter(
      (pod) => pod.namespace === namespace && pod.labels['app'] === name && pod.deletionTimestamp === undefined,
    );
  }

  function make(workload: Workload, nodeName: string): void {
    made += 1;
    const suffix = (made * 7919).toString(36).padStart(5, '0');
    const isDaemon = workload.kind === 'DaemonSet';
    const owner = isDaemon ? workload.name : `${workload.name}-7d9f8c6b5`;
    state.putPod({
      namespace: workload.namespace,
      name: `${owner}-${suffix}`,
      uid: `uid-${suffix}`,
      nodeName,
      labels: labelsOf(workload),
      annotations: {},
      owners: [
        {
          kind: isDaemon ? 'DaemonSet' : 'ReplicaSet',
          name: owner,
          apiVersion: 'apps/v1',
          uid: `uid-${owner}`,
          controller: true,
        },
      ],
      phase: 'Pending',
      ready: false,
      deletionTimestamp: undefined,
      terminationGracePeriodSeconds: workload.graceSeconds ?? 30,
      hostNetwork: workload.hostNetwork ?? false,
      priorityClassName: '',
      runtimeClassName: undefined,
      hasEmptyDir: false,
      hostPorts: [],
      security: [],
      images: [workload.image],
      containers: [],
      preStopContainers: [],
    });
  }

  function reconcile(workload: Workload): void {
    const pods = ofWorkload(workload);
    if (workload.kind === 'DaemonSet') {
      for (const { name } of state.nodes.values()) {
        if (!pods.some(({ nodeName }) => nodeName === name)) make(workload, name);
      }
      return;
    }
    for (const pod of pods.filter(({ nodeName }) => nodeName === '')) {
      const node = placeFor(state, pod);
      if (node !== undefined) state.putPod({ ...pod, nodeName: node });
    }
    for (let missing = (workload.replicas ?? 1) - pods.length; missing > 0; missing -= 1) {
      make(workload, placeFor(state, { labels: labelsOf(workload) }) ?? '');
    }
  }

  const all = (): void => workloads.forEach(reconcile);
  state.onChange(all);
  all();
}

/** The schedulable node with the fewest pods of the same workload, then the fewest at all. */
function placeFor(state: ClusterState, pod: Pick<ClusterPod, 'labels'>): string | undefined {
  const count = ({ name }: ClusterNode, same: boolean): number =>
    [...state.pods.values()].filter(
      ({ nodeName, labels }) => nodeName === name && (!same || labels['app'] === pod.labels['app']),
    ).length;
  return [...state.nodes.values()]
    .filter(({ unschedulable, conditions }) => !unschedulable && conditions.some(({ status }) => status === 'True'))
    .sort((a, b) => count(a, true) - count(b, true) || count(a, false) - count(b, false))[0]?.name;
}
