import type { KubeApi } from '../../src/core/ports.js';
import { clusterState, type ClusterState } from './cluster/cluster-state.js';
import { fakeKube } from './cluster/fake-kube.js';
import { clusterNode, remoteKubelet } from './cluster/remote-kubelet.js';
import { runWorkloads, type Workload } from './cluster/workloads.js';
import { kubeadmDisk, type DiskOptions } from './kubeadm-disk.js';
import { fakeId } from './machine/cni-network.js';
import type { NewContainer } from './machine/docker-engine.js';
import { machine, type Broken, type Machine } from './machine/machine.js';
import { worldClock, type WorldClock } from './world-clock.js';

export interface FakeImage {
  readonly tags: readonly string[];
  readonly digests?: readonly string[];
  readonly sizeBytes?: number;
}

export interface MachineOptions extends DiskOptions {
  readonly name: string;
  readonly images?: readonly FakeImage[];
  /** What containerd has before anything was carried over. */
  readonly containerdImages?: readonly FakeImage[];
  /** Containers that Kubernetes knows nothing of. */
  readonly foreign?: readonly NewContainer[];
  readonly containerdPackage?: 'manual' | 'auto' | 'none';
  /** What CRI-O has before anything was carried over. */
  readonly crioImages?: readonly FakeImage[];
  readonly storageDriver?: string;
  readonly cordoned?: boolean;
  readonly broken?: Broken;
}

export interface WorldOptions {
  readonly machines: readonly MachineOptions[];
  /** Nodes without a machine: somewhere else for pods to go. */
  readonly otherNodes?: readonly string[];
  readonly workloads?: readonly Workload[];
  readonly budgets?: readonly { readonly name: string; readonly app: string; readonly minAvailable: number }[];
  /** How long a pod on a node without a machine takes to become ready. */
  readonly remoteStartMs?: number;
}

/** A cluster simulated in this process: real files and units, none of them anywhere but in memory. */
export interface FakeWorld {
  readonly clock: WorldClock;
  readonly cluster: ClusterState;
  readonly kube: KubeApi;
  machine(name: string): Machine;
  /** Lets time pass until all that was begun has come to rest. */
  settle(ms?: number): Promise<void>;
}

/** Nobody schedules onto nodes that have not reported yet. */
const FIRST_HEARTBEAT_MS = 15_000;
const NOT_READY_AFTER_MS = 40_000;

export function fakeWorld(options: WorldOptions): FakeWorld {
  const { workloads = [], budgets = [], otherNodes = [], remoteStartMs = 2000 } = options;
  const clock = worldClock();
  const cluster = clusterState();
  const machines = new Map<string, Machine>();
  options.machines.forEach((one, index) => {
    const overrides = { unschedulable: one.cordoned ?? false, internalIp: `10.99.0.${11 + index}` };
    cluster.nodes.set(one.name, clusterNode(one.name, overrides));
    machines.set(one.name, oneMachine(one, clock, cluster, `10.22.${index + 1}`));
  });
  for (const name of otherNodes) {
    const conditions = [readyCondition('True', clock.now().toISOString())];
    cluster.nodes.set(name, clusterNode(name, { conditions, runtimeVersion: 'containerd://1.6.20' }));
    remoteKubelet(cluster, clock, name, remoteStartMs);
  }
  for (const { name, app, minAvailable } of budgets) {
    cluster.budgets.set(name, {
      namespace: 'default',
      name,
      apiVersion: 'policy/v1',
      selector: { matchLabels: { app }, matchExpressions: [] },
      minAvailable: String(minAvailable),
      maxUnavailable: undefined,
      upToDate: true,
    });
  }
  for (const name of machines.keys()) watchHeartbeats(cluster, clock, name);
  return {
    clock,
    cluster,
    kube: fakeKube(cluster, clock, workloads),
    machine: (name) => {
      const found = machines.get(name);
      if (found === undefined) throw new Error(`there is no machine ${name}`);
      return found;
    },
    settle: async (ms = 30_000) => {
      if (clock.elapsedMs() === 0) {
        await Promise.all([...machines.values()].map((one) => one.boot()));
        await clock.sleep(FIRST_HEARTBEAT_MS);
        runWorkloads(cluster, workloads);
      }
      await clock.sleep(ms);
    },
  };
}

function oneMachine(options: MachineOptions, clock: WorldClock, cluster: ClusterState, subnet: string): Machine {
  const { name, images = [], containerdImages = [], foreign = [], containerdPackage = 'auto' } = options;
  const { storageDriver = 'overlay2', broken, crioImages = [] } = options;
  const made = machine({ name, clock, cluster, subnet, storageDriver, ...(broken === undefined ? {} : { broken }) });
  kubeadmDisk(made.files, options);
  made.packages.set('docker.io', { version: '20.10.24+dfsg1-1+deb12u1+b6', auto: false });
  made.packages.set('runc', { version: '1.1.5+ds1-1+deb12u1', auto: true });
  if (containerdPackage !== 'none') {
    made.packages.set('containerd', { version: '1.6.20~ds1-1+deb12u3', auto: containerdPackage === 'auto' });
  }
  if (options.crio === true) {
    made.packages.set('cri-o', { version: '1.23.5-1', auto: true });
    made.packages.set('skopeo', { version: '1.9.3+ds1-1+b10', auto: false });
  }
  const auto = [...made.packages]
    .filter(([, one]) => one.auto)
    .map(([one]) => `Package: ${one}\nArchitecture: amd64\nAuto-Installed: 1\n`);
  made.files.write('/var/lib/apt/extended_states', auto.join('\n'));
  for (const { tags, digests = [], sizeBytes = 40e6 } of images) {
    const id = imageId(tags, digests);
    made.docker.images.set(id, { id, tags, digests, sizeBytes, layers: [`layer of ${id}`, 'base layer'] });
  }
  for (const { tags, digests = [] } of containerdImages) {
    for (const tag of tags) made.containerd.images.set(tag, imageId(tags, digests));
  }
  for (const { tags, digests = [] } of crioImages) {
    for (const tag of tags) made.crio.images.set(tag, imageId(tags, digests));
  }
  for (const container of foreign) made.docker.create(container);
  return made;
}

const imageId = (tags: readonly string[], digests: readonly string[]): string =>
  `sha256:${fakeId('image', tags[0] ?? digests[0] ?? '')}`;

const readyCondition = (status: 'True' | 'Unknown', at: string) => ({
  type: 'Ready',
  status,
  reason: status === 'True' ? 'KubeletReady' : 'NodeStatusUnknown',
  message: status === 'True' ? 'kubelet is posting ready status' : 'Kubelet stopped posting node status.',
  lastHeartbeatTime: at,
});

/** What the node lifecycle controller makes of a kubelet that fell silent. */
function watchHeartbeats(cluster: ClusterState, clock: WorldClock, name: string): void {
  const look = (): void => {
    const ready = cluster.nodes.get(name)?.conditions[0];
    const silentMs = clock.now().getTime() - Date.parse(ready?.lastHeartbeatTime ?? '');
    if (ready?.status === 'True' && silentMs > NOT_READY_AFTER_MS) {
      cluster.patchNode(name, { conditions: [readyCondition('Unknown', ready.lastHeartbeatTime)] });
    }
    clock.after(5000, look);
  };
  clock.after(5000, look);
}
