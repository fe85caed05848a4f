import { valueOf } from '../core/fact.js';
import type { CniNetwork, NodeInventory } from '../core/inventory.js';
import type { ObjectView, TextView } from '../manifests/views.js';
import type { KubeletArguments } from './node-facts/kubelet-argument.js';
import { kubeletArgumentsInObject } from './node-facts/kubelet-arguments-in-object.js';
import { kubeletArgumentsInText } from './node-facts/kubelet-arguments-in-text.js';
import { listed } from './node-facts/listed.js';
import { nodeRuntime } from './node-facts/node-runtime.js';
import type { Hit, Rule, Unknowable } from './rule.js';

/** What packages of runtimes bring along for themselves, and no cluster means. */
const OF_PACKAGES = /^(?:\d+-containerd-net|\d+-crio[\w-]{0,20}bridge|\d+-podman(?:-bridge)?)\.(?:conf|conflist|json)$/;

const NETWORK_FIX =
  'Bring a CNI network to the cluster, and see that it writes its configuration on this node before it is switched.';

export const cni: Rule = {
  id: 'cni',
  title: 'The network of the pods depends on dockershim',
  severity: 'error',
  why: "Without a network plugin dockershim put pods on Docker's bridge, and it had kubenet built in. containerd and CRI-O have CNI alone: they take the first file of the CNI directory, and without one the node never becomes Ready.",
  fix: NETWORK_FIX,
  links: [
    'https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/',
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/troubleshooting-cni-plugin-related-errors/',
  ],
  words: ['kubenet'],
  *object(view: ObjectView) {
    for (const given of kubeletArgumentsInObject(view)) yield* kubenet(given);
  },
  *text(view: TextView) {
    if (!view.text.includes('kubenet')) return;
    for (const given of kubeletArgumentsInText(view)) yield* kubenet(given);
  },
  *node(inventory: NodeInventory): Iterable<Hit | Unknowable> {
    const runtime = nodeRuntime(inventory);
    if (runtime.kind === 'unknown') yield { undecided: runtime.why };
    if (runtime.kind !== 'dockershim') return;
    yield* plugin(inventory);
    if (!inventory.cni.known) {
      yield { undecided: inventory.cni.why };
      return;
    }
    yield* networks(inventory);
  },
};

function* kubenet(given: KubeletArguments): Generator<Hit> {
  for (const { name, value, at } of given) {
    if (name !== 'network-plugin' || value !== 'kubenet') continue;
    yield {
      at,
      message:
        'The kubelet uses kubenet, which went with dockershim in Kubernetes 1.24: other runtimes have no network for pods without CNI.',
      fix: NETWORK_FIX,
    };
  }
}

function* plugin({ kubelet, name }: NodeInventory): Generator<Hit> {
  if (!kubelet.known) return;
  const used = kubelet.value.flags['network-plugin'] ?? '';
  if (used === 'cni') return;
  const means = used === '' ? "no --network-plugin: its pods are on Docker's bridge" : `--network-plugin=${used}`;
  yield {
    message: `The kubelet of node ${name} has ${means}, which no other runtime offers.`,
    evidence: used === '' ? 'no --network-plugin' : `--network-plugin=${used}`,
    fix: NETWORK_FIX,
  };
}

function* networks({ cni: fact, name, pods }: NodeInventory): Generator<Hit> {
  const facts = valueOf(fact);
  if (facts === undefined) return;
  const { confDir, networks: all, binaries, binDir } = facts;
  const [first] = all;
  if (first === undefined || !all.some(isReal)) {
    yield {
      message: `${confDir} of node ${name} has no CNI network: with another runtime the node does not become Ready.`,
      evidence: all.length === 0 ? `${confDir} is empty` : listed(all.map(({ file }) => file)),
      fix: NETWORK_FIX,
    };
    return;
  }
  if (!isReal(first) || (all.length > 1 && OF_PACKAGES.test(first.file))) {
    yield {
      message: `${confDir}/${first.file} of node ${name} sorts before the network of the cluster and is not it: another runtime takes the first file, and pods get the wrong network or none.`,
      evidence: listed(all.map(({ file }) => file)),
      fix: `Move ${confDir}/${first.file} out of the directory.`,
    };
  } else if (all.filter(isReal).length > 1) {
    yield {
      severity: 'note',
      message: `${confDir} of node ${name} has ${all.length} CNI networks: another runtime takes the first, ${first.file}, as dockershim does.`,
      evidence: listed(all.map(({ file }) => file)),
      fix: 'Nothing, if the first is the right one; move away those that are left over.',
    };
  }
  if (!binaries.includes('loopback')) {
    yield {
      message: `${binDir} of node ${name} has no loopback plugin, which containerd before 2.0 needs for every pod: no sandbox starts.`,
      evidence: listed(binaries),
      severity: 'warning',
      fix: `Install the CNI plugins (the package containernetworking-plugins, or kubernetes-cni) into ${binDir}.`,
    };
  }
  const ported = (valueOf(pods) ?? []).filter((pod) => !pod.hostNetwork && pod.hostPorts.length > 0);
  const real = all.find(isReal);
  if (
    ported.length > 0 &&
    real !== undefined &&
    /^(?:bridge|flannel|host-device|ipvlan|macvlan|ptp)$/.test(real.pluginTypes[0] ?? '') &&
    !real.pluginTypes.includes('portmap')
  ) {
    yield {
      severity: 'warning',
      message: `${ported.length === 1 ? 'A pod' : `${ported.length} pods`} of node ${name} ${ported.length === 1 ? 'has' : 'have'} a hostPort, which dockershim published itself; ${real.file} has no portmap plugin to do it under another runtime.`,
      evidence: listed(ported.slice(0, 5).map((pod) => `${pod.namespace}/${pod.name}`)),
      fix: `Add {"type": "portmap", "capabilities": {"portMappings": true}} to the plugins of ${real.file}.`,
    };
  }
}

const isReal = ({ pluginTypes }: CniNetwork): boolean => pluginTypes.some((type) => type !== 'loopback');
