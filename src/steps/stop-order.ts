import type { DockerContainer } from '../core/inventory.js';

/** Last what the others lean on: the API server outlives its clients, etcd the API server. */
function rankOf(podName: string, isStatic: boolean): number {
  if (!isStatic) return 0;
  if (podName.startsWith('etcd')) return 3;
  if (podName.startsWith('kube-apiserver')) return 2;
  return 1;
}

/** The containers of pods in groups that are to be stopped one after the other. */
export function byStopOrder(containers: readonly DockerContainer[]): DockerContainer[][] {
  const staticPods = new Set<string>();
  for (const { owner, labels } of containers) {
    // dockershim keeps a pod's annotations as labels of its sandbox.
    if (owner.kind === 'dockershim' && labels['annotation.kubernetes.io/config.source'] === 'file')
      staticPods.add(owner.podUid);
  }
  const groups: DockerContainer[][] = [[], [], [], []];
  for (const container of containers) {
    const { owner } = container;
    if (owner.kind !== 'dockershim') continue;
    groups[rankOf(owner.pod, staticPods.has(owner.podUid))]?.push(container);
  }
  return groups.filter((group) => group.length > 0);
}
