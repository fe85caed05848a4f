import { parse } from 'yaml';
import type { ClusterPod, ContainerState } from '../../../src/core/cluster-objects.js';
import { messageOf } from '../../../src/core/errors.js';
import { keyOf, type ClusterState } from '../cluster/cluster-state.js';
import type { WorldClock } from '../world-clock.js';
import { fakeId } from './cni-network.js';
import { kubeletFlags } from './kubelet-flags.js';
import type { MemoryFiles } from './memory-files.js';
import type { PodRuntime, PodSpec } from './pod-runtime.js';
import type { ProcessTable } from './process-table.js';
import type { RunningService } from './systemd.js';

export interface KubeletParts {
  readonly node: string;
  readonly files: MemoryFiles;
  readonly processes: ProcessTable;
  readonly clock: WorldClock;
  readonly cluster: ClusterState;
  /** What a kubelet reaches that was told this endpoint, or none. Throws with its words where nobody answers. */
  readonly runtimeFor: (endpoint: string | undefined, cgroupDriver: 'cgroupfs' | 'systemd') => PodRuntime;
}

const CONFIG_PATH = '/var/lib/kubelet/config.yaml';
const SYNC_MS = 2000;
const HEARTBEAT_MS = 10_000;
const START_MS = { 'docker://': 700, 'containerd://': 2400, 'cri-o://': 2400 } as const;

/** Runs the pods of a node, and tells the cluster of it. It ends by itself, through `exited`, where a real one would. */
export function kubeletProcess(
  parts: KubeletParts,
  argv: readonly string[],
  exited: (message: string) => void,
): RunningService {
  const { files, processes, clock, cluster, node } = parts;
  const pid = processes.start(argv, '/system.slice/kubelet.service');
  let lastBeat = -Infinity;
  let runtime: PodRuntime | undefined;
  const ending = new Set<string>();
  const alive = (): boolean => processes.runs(pid);
  const end = (): void => processes.end(pid);

  function begin(): void {
    try {
      const flags = kubeletFlags(argv);
      const config = readConfig(files.text(flags.configPath ?? CONFIG_PATH));
      runtime = parts.runtimeFor(flags.remoteEndpoint, config.cgroupDriver);
      if (runtime.prefix === 'docker://') files.socket('/run/dockershim.sock');
      runtime.startUp();
      clock.after(START_MS[runtime.prefix], tick);
    } catch (error) {
      end();
      exited(messageOf(error));
    }
  }

  function tick(): void {
    if (!alive() || runtime === undefined) return;
    if (clock.elapsedMs() - lastBeat >= HEARTBEAT_MS) beat(runtime);
    if (runtime.reachable()) sync(runtime);
    clock.after(SYNC_MS, tick);
  }

  function beat(by: PodRuntime): void {
    lastBeat = clock.elapsedMs();
    const ready = by.reachable();
    cluster.patchNode(node, {
      runtimeVersion: by.version,
      conditions: [
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          reason: ready ? 'KubeletReady' : 'KubeletNotReady',
          message: ready ? 'kubelet is posting ready status' : 'container runtime is down',
          lastHeartbeatTime: clock.now().toISOString(),
        },
      ],
    });
  }

  function sync(by: PodRuntime): void {
    const mine = [...cluster.pods.values()].filter(({ nodeName }) => nodeName === node);
    for (const pod of mine.filter(({ deletionTimestamp }) => deletionTimestamp !== undefined)) endPod(by, pod);
    for (const pod of staticPods(files, node)) report(by, pod, ensure(by, pod));
    for (const pod of mine) {
      if (pod.deletionTimestamp === undefined && !isMirror(pod)) report(by, pod, ensure(by, pod));
    }
    const wanted = new Set([...cluster.pods.values()].map(({ uid }) => uid));
    for (const uid of by.podUids()) if (!wanted.has(uid)) by.kill(uid);
  }

  function ensure(by: PodRuntime, pod: ClusterPod): ContainerState[] {
    const state = { restartCount: 0, reason: '', message: '' };
    const image = pod.images[0] ?? '';
    try {
      return by
        .ensure(specOf(pod))
        .map(({ name, id }) => ({ ...state, name, image, containerId: by.prefix + id, ready: true }));
    } catch (error) {
      const message = messageOf(error);
      const reason = /pull image/.test(message) ? 'ImagePullBackOff' : 'CreateContainerError';
      return [{ ...state, name: 'app', image, containerId: '', ready: false, reason, message }];
    }
  }

  function report(by: PodRuntime, pod: ClusterPod, containers: readonly ContainerState[]): void {
    const before = cluster.pods.get(keyOf(pod));
    const ready = containers.every((one) => one.ready);
    const ids = (list: readonly ContainerState[]): string => list.map(({ containerId }) => containerId).join();
    if (before?.uid === pod.uid && before.ready === ready && ids(before.containers) === ids(containers)) return;
    cluster.putPod({ ...pod, phase: 'Running', ready, containers });
  }

  function endPod(by: PodRuntime, pod: ClusterPod): void {
    if (ending.has(pod.uid)) return;
    ending.add(pod.uid);
    const graceMs = pod.terminationGracePeriodSeconds * 1000;
    clock.after(Math.min(graceMs, Number(pod.annotations['ends-after-ms'] ?? 1500)), () => {
      ending.delete(pod.uid);
      if (!alive()) return;
      by.kill(pod.uid);
      cluster.deletePod(pod);
    });
  }

  clock.after(300, () => {
    if (alive()) begin();
  });
  return { pid, stop: () => Promise.resolve(end()) };
}

const isMirror = ({ annotations }: ClusterPod): boolean => annotations['kubernetes.io/config.mirror'] !== undefined;

function readConfig(text: string | undefined): { readonly cgroupDriver: 'cgroupfs' | 'systemd' } {
  if (text === undefined) throw new Error('failed to load kubelet config file: no such file or directory');
  const config = documentIn(text) as { cgroupDriver?: string };
  return { cgroupDriver: config.cgroupDriver === 'systemd' ? 'systemd' : 'cgroupfs' };
}

const specOf = (pod: ClusterPod): PodSpec => ({
  namespace: pod.namespace,
  name: pod.name,
  uid: pod.uid,
  isStatic: isMirror(pod),
  hostNetwork: pod.hostNetwork,
  graceSeconds: pod.terminationGracePeriodSeconds,
  endsAfterMs: pod.annotations['ends-after-ms'] === undefined ? undefined : Number(pod.annotations['ends-after-ms']),
  logDirectory: `/var/log/pods/${pod.namespace}_${pod.name}_${pod.uid}`,
  containers: pod.images.map((image) => ({ name: 'app', image })),
});

interface Manifest {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly containers: readonly { readonly image: string }[]; readonly hostNetwork?: boolean };
}

/** A kubelet looks at its files all the time, and they hardly ever change. */
const documents = new Map<string, unknown>();

function documentIn(text: string): unknown {
  const document: unknown = documents.get(text) ?? parse(text);
  documents.set(text, document);
  return document;
}

/** Mirrors of the manifests, as the API server shows them. */
function staticPods(files: MemoryFiles, node: string): ClusterPod[] {
  const dir = '/etc/kubernetes/manifests';
  return files.list(dir).map((file) => {
    const text = files.text(`${dir}/${file}`) ?? '';
    const manifest = documentIn(text) as Manifest;
    return {
      namespace: 'kube-system',
      name: `${manifest.metadata.name}-${node}`,
      uid: fakeId(node, text).slice(0, 32),
      nodeName: node,
      labels: {},
      annotations: { 'kubernetes.io/config.mirror': 'x', 'kubernetes.io/config.source': 'file' },
      owners: [{ kind: 'Node', name: node, apiVersion: 'v1', uid: `uid-${node}`, controller: true }],
      phase: 'Pending',
      ready: false,
      deletionTimestamp: undefined,
      terminationGracePeriodSeconds: 30,
      hostNetwork: manifest.spec.hostNetwork ?? false,
      priorityClassName: 'system-node-critical',
      runtimeClassName: undefined,
      hasEmptyDir: false,
      hostPorts: [],
      security: [],
      images: manifest.spec.containers.map(({ image }) => image),
      containers: [],
      preStopContainers: [],
    };
  });
}
