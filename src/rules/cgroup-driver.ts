import { valueOf } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import type { ObjectView, TextView } from '../manifests/views.js';
import { cgroupDrivers, type DriverSaid } from './node-facts/cgroup-drivers.js';
import { configuresNodes } from './node-facts/configures-nodes.js';
import { fields } from './node-facts/fields.js';
import { nodeRuntime } from './node-facts/node-runtime.js';
import type { Hit, Rule, Scene, Unknowable } from './rule.js';

export const cgroupDriver: Rule = {
  id: 'cgroup-driver',
  title: 'The kubelet and the runtime disagree on the cgroup driver',
  severity: 'error',
  why: 'With dockershim a kubelet refuses to start when Docker has another cgroup driver. containerd and CRI-O start all the same: two programs then manage the same cgroups, and pods are restarted again and again or killed under memory pressure.',
  fix: "Give the runtime the kubelet's driver; changing the kubelet's takes a drain and a reboot of the node.",
  links: [
    'https://kubernetes.io/docs/setup/production-environment/container-runtimes/#cgroup-drivers',
    'https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/configure-cgroup-driver/',
  ],
  words: ['native.cgroupdriver'],
  *object(view: ObjectView) {
    if (!configuresNodes(view)) return;
    const said = [...fields(view.value)].flatMap(({ key, value, path }): DriverSaid[] => {
      const at = { path: [...view.path, ...path] };
      const strings = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
      const inText = strings.flatMap((text) => [...cgroupDrivers(text, () => at)]);
      if (!/^cgroup-?driver$/i.test(key) || typeof value !== 'string') return inText;
      return [...inText, { of: 'kubelet', driver: value, at }];
    });
    yield* disagreement(said);
  },
  *text(view: TextView) {
    if (view.role !== 'script' && view.role !== 'unknown') return;
    yield* disagreement([...cgroupDrivers(view.text, view.at.bind(view))]);
  },
  *node(inventory: NodeInventory, scene: Scene): Iterable<Hit | Unknowable> {
    const { kubelet, docker } = inventory;
    if (!kubelet.known) {
      yield { undecided: kubelet.why };
      return;
    }
    const { cgroupDriver: wanted, runtime } = kubelet.value;
    const node = `Node ${inventory.name}`;
    const { kind } = nodeRuntime(inventory);
    if (kind === 'another') {
      if (runtime.kind === 'containerd') yield* ofContainerd(inventory, wanted, true);
      return;
    }
    if (!docker.known) yield { undecided: docker.why };
    else if (docker.value.cgroupDriver !== wanted) {
      const other = docker.value.cgroupDriver;
      yield {
        message: `${node} has the cgroup driver ${wanted} for the kubelet and ${other} for Docker: one of them is not what runs now, and pods are restarted again and again under another runtime.`,
        evidence: `kubelet ${wanted}, docker ${other}`,
        fix: `Find out which one the kubelet was last started with, then give both the same before the node is switched.`,
      };
    }
    if (scene.target === 'containerd') yield* ofContainerd(inventory, wanted, false);
  },
};

/** A text that sets both is about one node, or about nodes that are alike. */
function* disagreement(said: readonly DriverSaid[]): Generator<Hit> {
  const drivers = (of: DriverSaid['of']): readonly string[] => [
    ...new Set(said.filter((one) => one.of === of).map(({ driver }) => driver)),
  ];
  const [docker, ...otherOfDocker] = drivers('docker');
  const [kubelet, ...otherOfKubelet] = drivers('kubelet');
  if (docker === undefined || kubelet === undefined || docker === kubelet) return;
  if (otherOfDocker.length > 0 || otherOfKubelet.length > 0) return;
  const at = said.find(({ of }) => of === 'docker')?.at;
  yield {
    ...(at === undefined ? {} : { at }),
    message: `Docker is given the cgroup driver ${docker} here and the kubelet ${kubelet}: dockershim does not start with that, and another runtime restarts pods again and again.`,
    fix: `Give the runtime the kubelet's driver: SystemdCgroup = ${String(kubelet === 'systemd')} for containerd, cgroup_manager = "${kubelet}" for CRI-O.`,
  };
}

function* ofContainerd(inventory: NodeInventory, wanted: string, inUse: boolean): Generator<Hit> {
  const config = valueOf(inventory.containerd)?.effectiveConfig;
  if (config === undefined) return;
  // Every handler of runc has it; only containerd itself could say which one a pod gets.
  const said = new Set(
    [...config.matchAll(/^\s*SystemdCgroup\s{0,8}=\s{0,8}(true|false)/gm)].map(([, value]) => value),
  );
  const right = String(wanted === 'systemd');
  if (said.size === 0 || (said.size === 1 && said.has(right))) return;
  const now = inUse
    ? 'pods are restarted again and again'
    : 'pods would be restarted again and again once they run there';
  yield {
    severity: inUse ? 'error' : 'warning',
    message: `Node ${inventory.name} has the cgroup driver ${wanted} for the kubelet and another for containerd: ${now}.`,
    evidence: `SystemdCgroup = ${[...said].join(' and ')}`,
    fix: `Set SystemdCgroup = ${right} for the runc handler in /etc/containerd/config.toml and restart containerd.`,
  };
}
