import type { ClusterPod } from '../../src/core/cluster-objects.js';
import type { FakeWorld } from './fake-world.js';
import type { CriDaemon } from './machine/cri-daemon.js';
import type { Entry } from './machine/memory-files.js';

type Named = Readonly<Record<string, string>>;

/** All of a node that a migration may touch, in a form that two points in time can be compared by. */
export interface NodeState {
  /** Type, mode, owner and content of everything on the disk, without logs and what the toolkit itself remembers. */
  readonly files: Readonly<Record<string, string>>;
  readonly units: Readonly<Record<string, string>>;
  readonly kernel: Readonly<Record<string, string>>;
  readonly packages: Named;
  /** The command line of the kubelet that runs. */
  readonly kubelet: string;
  /** Pods that may have gone elsewhere are left out. */
  readonly docker: { readonly containers: Named; readonly images: Named };
  readonly containerd: { readonly sandboxes: Named; readonly images: Named };
  readonly crio: { readonly sandboxes: Named; readonly images: Named };
  /** Addresses that belong to no container any more. */
  readonly leakedLeases: number;
  /** What stays with the node whatever is drained. */
  readonly pods: Named;
  readonly cluster: {
    readonly ready: boolean;
    readonly runtime: string;
    readonly unschedulable: boolean;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly locked: boolean;
}

const NOT_COMPARED = /^\/(?:proc|sys|run|var\/log|var\/lib\/cni|var\/lib\/docker|var\/lib\/dockershim-migrate)(?:\/|$)/;
const UNITS = [
  'docker.service',
  'docker.socket',
  'containerd.service',
  'crio.service',
  'kubelet.service',
  'dockershim-migrate-guard.timer',
];
const SYSCTLS = ['net/ipv4/ip_forward', 'net/bridge/bridge-nf-call-iptables'];

export function nodeState(world: FakeWorld, name: string): NodeState {
  const { files, systemd, docker, containerd, crio, cni, kernel, packages, processes } = world.machine(name);
  const node = world.cluster.nodes.get(name);
  const sandboxes = [...containerd.sandboxes.values(), ...crio.sandboxes.values()];
  const alive = new Set(
    [...docker.containers().filter(({ state }) => state === 'running'), ...sandboxes].map(({ id }) => id),
  );
  const isMovable = (podName: string): boolean =>
    movable(world).some((controller) => podName.startsWith(`${controller}-`));
  return {
    files: Object.fromEntries(
      files
        .entries()
        .filter(([path]) => !NOT_COMPARED.test(path))
        .map(([path, entry]) => [path, described(entry)]),
    ),
    units: Object.fromEntries(
      UNITS.map((unit) => {
        const { definition, activeState, unitFileState } = systemd.status(unit);
        return [unit, `${definition.loadState} ${unitFileState} ${activeState}`];
      }),
    ),
    kernel: {
      modules: kernel.modules().join(),
      ...Object.fromEntries(SYSCTLS.map((key) => [key, files.text(`/proc/sys/${key}`) ?? 'absent'])),
    },
    packages: named([...packages].map(([one, { auto }]) => [one, auto ? 'automatic' : 'manual'])),
    kubelet:
      processes
        .list()
        .find(({ argv }) => argv[0] === '/usr/bin/kubelet')
        ?.argv.join(' ') ?? 'does not run',
    docker: {
      containers: named(
        docker
          .containers()
          .filter(({ owner }) => owner.kind !== 'dockershim' || !isMovable(owner.pod))
          .map((one) => [one.name, one.state]),
      ),
      images: named(
        [...docker.images.values()].flatMap(({ tags, digests, id }) => [...tags, ...digests].map((one) => [one, id])),
      ),
    },
    containerd: held(containerd, isMovable),
    crio: held(crio, isMovable),
    leakedLeases: cni.holders().filter((id) => !alive.has(id)).length,
    pods: named([...world.cluster.pods.values()].filter((pod) => pod.nodeName === name && stays(pod)).map(summary)),
    cluster: {
      ready: node?.conditions[0]?.status === 'True',
      runtime: node?.runtimeVersion ?? '',
      unschedulable: node?.unschedulable ?? false,
      annotations: node?.annotations ?? {},
    },
    locked: files.entry('/var/lib/dockershim-migrate/lock') !== undefined,
  };
}

const held = ({ sandboxes, images }: CriDaemon, isMovable: (podName: string) => boolean) => ({
  sandboxes: named(
    [...sandboxes.values()]
      .filter((one) => !isMovable(one.name))
      .map((one) => [`${one.namespace}/${one.name}`, one.ready ? 'ready' : 'down']),
  ),
  images: named([...images]),
});

const named = (entries: readonly (readonly string[])[]): Named => Object.fromEntries(entries) as Named;

const stays = ({ owners }: ClusterPod): boolean => owners.some(({ kind }) => kind === 'DaemonSet' || kind === 'Node');

/** Controllers of pods that a drain moves. */
const movable = ({ cluster }: FakeWorld): string[] =>
  [...cluster.pods.values()].flatMap(({ owners }) =>
    owners.filter(({ kind }) => kind === 'ReplicaSet').map(({ name }) => name),
  );

const summary = ({ namespace, name, ready, containers }: ClusterPod): [string, string] => [
  `${namespace}/${name}`,
  `${ready ? 'ready' : 'not ready'} in ${containers.map(({ containerId }) => containerId.split('://')[0]).join()}`,
];

function described(entry: Entry): string {
  const { type, mode, uid, gid } = entry;
  const content = entry.type === 'file' ? entry.bytes.toString('latin1') : entry.type === 'symlink' ? entry.target : '';
  return `${type} ${mode.toString(8)} ${uid}:${gid}\n${content}`;
}
