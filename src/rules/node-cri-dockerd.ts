import type { ObjectView } from '../manifests/views.js';
import { CRI_SOCKET_ANNOTATION } from './node-facts/cri-socket-annotation.js';
import { nodeRuntime, runtimeOf } from './node-facts/node-runtime.js';
import { nodeStatus } from './node-facts/node-status.js';
import { targetRuntime } from './node-facts/target-runtime.js';
import type { Hit, Rule, Scene } from './rule.js';

export const nodeCriDockerd: Rule = {
  id: 'node-cri-dockerd',
  title: 'A node runs Docker behind cri-dockerd',
  severity: 'warning',
  why: 'A kubelet from 1.24 on reaches Docker by cri-dockerd alone. Upgrades of Kubernetes do not break that, but Docker, its socket and all that depends on them stay, and cri-dockerd has to be kept up to date.',
  fix: 'Decide whether the node stays with Docker or moves to containerd or CRI-O.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/find-out-runtime-you-use/',
    'https://github.com/Mirantis/cri-dockerd',
  ],
  words: ['docker://'],
  *object(view: ObjectView, scene: Scene) {
    const status = nodeStatus(view);
    if (status === undefined || runtimeOf(status.runtimeVersion, status.kubeletVersion).kind !== 'cri-dockerd') return;
    const socket = view.annotations[CRI_SOCKET_ANNOTATION];
    yield { at: { path: status.runtimePath }, ...verdictOn(view.object.name, status.kubeletVersion, socket, scene) };
  },
  *node(inventory, scene) {
    const runtime = nodeRuntime(inventory);
    if (runtime.kind === 'unknown') yield { undecided: runtime.why };
    if (runtime.kind !== 'cri-dockerd') return;
    const { kubelet, node, name } = inventory;
    const version = kubelet.known ? kubelet.value.version : node.known ? node.value.kubeletVersion : '';
    const socket = node.known ? node.value.annotations[CRI_SOCKET_ANNOTATION] : undefined;
    const evidence = kubelet.known ? kubelet.value.runtime.endpoint : 'docker://';
    yield { ...verdictOn(name, version, socket, scene), evidence };
  },
};

function verdictOn(node: string, kubelet: string, socket: string | undefined, scene: Scene): Omit<Hit, 'at'> {
  const message = `Node ${node} runs Docker behind cri-dockerd, since a kubelet ${kubelet} has no dockershim: an upgrade of Kubernetes does not break it.`;
  if (scene.target === 'cri-dockerd') {
    return { severity: 'note', message, fix: 'Keep cri-dockerd up to date with Kubernetes.' };
  }
  const { name, endpoint } = targetRuntime(scene.target);
  // A right annotation is no finding of its own; it changes with the runtime.
  const annotate = socket?.includes('cri-dockerd') === true ? `, the annotation ${CRI_SOCKET_ANNOTATION} too` : '';
  return { message, fix: `To leave Docker, point the kubelet to ${name} (${endpoint})${annotate}.` };
}
