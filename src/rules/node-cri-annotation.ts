import type { ObjectView } from '../manifests/views.js';
import { CRI_SOCKET_ANNOTATION } from './node-facts/cri-socket-annotation.js';
import { nodeRuntime, runtimeOf, type NodeRuntime } from './node-facts/node-runtime.js';
import { nodeStatus } from './node-facts/node-status.js';
import { targetRuntime } from './node-facts/target-runtime.js';
import type { Hit, Rule, Scene } from './rule.js';

export const nodeCriAnnotation: Rule = {
  id: 'node-cri-annotation',
  title: "kubeadm's annotation of a node names a socket of Docker",
  severity: 'error',
  why: 'kubeadm upgrade, reset and join read from the node which socket its runtime has. When nobody answers there, they stop before they have done anything.',
  fix: "Set the annotation to the new runtime's socket when the node is switched.",
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/change-runtime-containerd/',
    'https://github.com/kubernetes/kubeadm/issues/2364',
  ],
  words: [CRI_SOCKET_ANNOTATION],
  *object(view: ObjectView, scene: Scene) {
    const socket = view.annotations[CRI_SOCKET_ANNOTATION];
    const status = nodeStatus(view);
    if (socket === undefined || status === undefined) return;
    const runtime = runtimeOf(status.runtimeVersion, status.kubeletVersion);
    const hit = verdictOn(view.object.name, socket, status.runtimeVersion === '' ? undefined : runtime, scene);
    if (hit !== undefined)
      yield { at: { path: [...view.path, 'metadata', 'annotations', CRI_SOCKET_ANNOTATION] }, ...hit };
  },
  *node(inventory, scene) {
    const { node, name } = inventory;
    if (!node.known) {
      yield { undecided: node.why };
      return;
    }
    const socket = node.value.annotations[CRI_SOCKET_ANNOTATION];
    const hit = socket === undefined ? undefined : verdictOn(name, socket, nodeRuntime(inventory), scene);
    if (hit !== undefined) yield { ...hit, evidence: `${CRI_SOCKET_ANNOTATION}: ${socket}` };
  },
};

function verdictOn(
  node: string,
  socket: string,
  runtime: NodeRuntime | undefined,
  { target }: Scene,
): Omit<Hit, 'at'> | undefined {
  const whose = socket.includes('dockershim')
    ? 'dockershim'
    : socket.includes('cri-dockerd')
      ? 'cri-dockerd'
      : undefined;
  // On a node that runs cri-dockerd the annotation is right; node-cri-dockerd says what leaving it takes.
  if (whose === undefined || (whose === 'cri-dockerd' && runtime?.kind !== 'another')) return undefined;
  const { endpoint } = targetRuntime(runtime?.kind === 'cri-dockerd' ? 'cri-dockerd' : target);
  const said = `The annotation ${CRI_SOCKET_ANNOTATION} of node ${node} names the socket of ${whose} (${socket})`;
  const command = `\`kubectl annotate node ${node} --overwrite ${CRI_SOCKET_ANNOTATION}=${endpoint}\``;
  if (runtime?.kind === 'dockershim') {
    const message = `${said}: once the node is switched, kubeadm upgrade and reset fail there.`;
    return { severity: 'warning', message, fix: `When the node is switched, run ${command}.` };
  }
  const instead = runtime?.kind === 'another' ? ', though it runs another runtime' : '';
  return { message: `${said}${instead}: kubeadm upgrade and reset fail there.`, fix: `Run ${command}.` };
}
