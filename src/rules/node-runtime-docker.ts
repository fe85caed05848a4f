import type { ObjectView } from '../manifests/views.js';
import { nodeRuntime, runtimeOf, type NodeRuntime } from './node-facts/node-runtime.js';
import { nodeStatus } from './node-facts/node-status.js';
import { reaches, WITHOUT_DOCKERSHIM } from './node-facts/reaches.js';
import { targetRuntime } from './node-facts/target-runtime.js';
import type { Hit, Rule, Scene } from './rule.js';

export const nodeRuntimeDocker: Rule = {
  id: 'node-runtime-docker',
  title: 'A node runs its pods in Docker',
  severity: 'error',
  why: 'Kubelets up to 1.23 speak to Docker by dockershim, which is a part of them; from 1.24 on there is none. A node whose kubelet is upgraded without another runtime does not come back.',
  fix: 'Move the node to a runtime with a CRI of its own before its kubelet is upgraded to 1.24.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/find-out-runtime-you-use/',
    'https://kubernetes.io/blog/2022/02/17/dockershim-faq/',
  ],
  words: ['docker://'],
  *object(view: ObjectView, scene: Scene) {
    const status = nodeStatus(view);
    if (status === undefined || !status.runtimeVersion.startsWith('docker://')) return;
    const runtime = runtimeOf(status.runtimeVersion, status.kubeletVersion);
    yield {
      at: { path: status.runtimePath },
      ...verdictOn(`Node ${view.object.name}`, status.kubeletVersion, runtime, scene),
    };
  },
  *node(inventory, scene) {
    const runtime = nodeRuntime(inventory);
    if (runtime.kind === 'another') return;
    if (runtime.kind === 'unknown') {
      yield { undecided: runtime.why };
      return;
    }
    const version = inventory.kubelet.known
      ? inventory.kubelet.value.version
      : inventory.node.known
        ? inventory.node.value.kubeletVersion
        : '';
    const evidence = inventory.node.known ? inventory.node.value.runtimeVersion : runtime.kind;
    yield { ...verdictOn(`Node ${inventory.name}`, version, runtime, scene), evidence };
  },
};

function verdictOn(node: string, kubelet: string, runtime: NodeRuntime, scene: Scene): Omit<Hit, 'at'> {
  const { name } = targetRuntime(scene.target);
  if (runtime.kind === 'cri-dockerd') {
    const message = `${node} runs its pods in Docker by cri-dockerd (kubelet ${kubelet}): it does not depend on dockershim.`;
    const fix =
      scene.target === 'cri-dockerd'
        ? 'Nothing has to change for the upgrade; keep cri-dockerd up to date with Kubernetes.'
        : `Nothing has to change for the upgrade; move the node to ${name} when Docker is to go.`;
    return { severity: 'note', message, fix };
  }
  const reached = reaches(scene, WITHOUT_DOCKERSHIM);
  const through = runtime.kind === 'unknown' ? 'in Docker' : `in Docker by dockershim (kubelet ${kubelet})`;
  const message = `${node} runs its pods ${through}: with a kubelet from 1.24 on it has no runtime and does not become Ready.`;
  const fix =
    scene.target === 'cri-dockerd'
      ? 'Install cri-dockerd and point the kubelet to unix:///run/cri-dockerd.sock before its kubelet is upgraded to 1.24.'
      : `Move the node to ${name} before its kubelet is upgraded to 1.24.`;
  return { severity: reached ? 'error' : 'warning', message, fix };
}
