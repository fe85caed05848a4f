import type { ClusterNode } from '../../../src/core/cluster-objects.js';
import type { WorldClock } from '../world-clock.js';
import { keyOf, type ClusterState } from './cluster-state.js';

/** A node without a machine behind it: somewhere else for pods to go. They start, and end, after a while. */
export function remoteKubelet(state: ClusterState, clock: WorldClock, node: string, startMs: number): void {
  const busy = new Set<string>();
  const later = (key: string, ms: number, work: () => void): void => {
    if (busy.has(key)) return;
    busy.add(key);
    clock.after(ms, () => {
      busy.delete(key);
      work();
    });
  };
  const look = (): void => {
    for (const pod of state.pods.values()) {
      if (pod.nodeName !== node) continue;
      const { uid } = pod;
      const now = () => (state.pods.get(keyOf(pod))?.uid === uid ? state.pods.get(keyOf(pod)) : undefined);
      if (pod.deletionTimestamp !== undefined) later(`end ${uid}`, 1000, () => state.deletePod(pod));
      else if (!pod.ready) {
        later(`start ${uid}`, startMs, () => {
          const current = now();
          if (current === undefined || current.deletionTimestamp !== undefined) return;
          const containers = current.images.map((image) => ({
            ...{ name: 'app', image, containerId: `containerd://${uid}`, ready: true },
            ...{ restartCount: 0, reason: '', message: '' },
          }));
          state.putPod({ ...current, phase: 'Running', ready: true, containers });
        });
      }
    }
  };
  state.onChange(look);
  look();
}

export function clusterNode(name: string, overrides: Partial<ClusterNode> = {}): ClusterNode {
  return {
    name,
    uid: `uid-${name}`,
    labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' },
    annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': '/var/run/dockershim.sock' },
    taints: [],
    unschedulable: false,
    providerId: '',
    internalIp: '10.99.0.11',
    kubeletVersion: 'v1.21.2',
    runtimeVersion: 'docker://20.10.24',
    osImage: 'Debian GNU/Linux 12 (bookworm)',
    kernelVersion: '6.1.0-31-amd64',
    architecture: 'amd64',
    conditions: [],
    allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
    ...overrides,
  };
}
