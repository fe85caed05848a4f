import type { ObjectView, TextView } from '../manifests/views.js';
import { configuresNodes } from './node-facts/configures-nodes.js';
import { fields } from './node-facts/fields.js';
import type { MachineRuntime } from './node-facts/machine-runtime.js';
import { machineRuntimeCommands } from './node-facts/machine-runtime-commands.js';
import { machineRuntimeField } from './node-facts/machine-runtime-field.js';
import { reaches, WITHOUT_DOCKERSHIM } from './node-facts/reaches.js';
import { rkeField } from './node-facts/rke-field.js';
import type { Hit, Rule, Scene } from './rule.js';

const RKE: MachineRuntime = {
  product: 'RKE',
  fix: 'Move the cluster to RKE2 or another distribution; until then keep enable_cri_dockerd: true from Kubernetes 1.24 on.',
  bringsCriDockerd: true,
};

/** As a value or a key, not as a part of an image's name. */
const DOCKER = { word: 'docker', next: /^d?(?![\w./-])/i };

export const machineRuntime: Rule = {
  id: 'machine-runtime',
  title: 'New machines come up with Docker',
  severity: 'error',
  why: 'What creates nodes chooses their runtime. As long as it says Docker, every new or replaced node comes up with it, and from Kubernetes 1.24 on it does not join, or the setting is refused.',
  fix: 'Choose containerd where machines are described, then replace the machines.',
  links: [
    'https://kubernetes.io/blog/2022/02/17/dockershim-faq/',
    'https://docs.aws.amazon.com/eks/latest/userguide/dockershim-deprecation.html',
    'https://cloud.google.com/kubernetes-engine/docs/concepts/node-images',
  ],
  words: [
    ['runtime', DOCKER],
    ['manager', DOCKER],
    ['gardener', DOCKER],
    ['kops.k8s.io', DOCKER],
    ...['image_type', 'imagetype', 'image-type', 'docker_socket', 'cri_dockerd', 'cridockerd', 'docker_version'],
    ...['dockerversion', 'rancherkubernetesengineconfig', 'rke_config'],
    ['nodes', 'address', 'controlplane'],
    ['nodes', 'address', 'worker'],
    { word: '--docker', next: /^(?![\w-])/ },
    { word: 'docker', next: /^["']?\s*:\s*true/i },
  ],
  *object(view: ObjectView, scene: Scene) {
    if (!configuresNodes(view)) return;
    const rke = rkeField(view);
    if (rke !== undefined) {
      const hit = verdictOn(RKE, scene);
      if (hit !== undefined) yield { at: { path: [...view.path, ...rke], key: true }, ...hit };
    }
    for (const field of fields(view.value)) {
      const hit = verdictOn(machineRuntimeField(field, view), scene);
      if (hit !== undefined) yield { at: { path: [...view.path, ...field.path] }, ...hit };
    }
  },
  *text(view: TextView, scene: Scene) {
    for (const { offset, length, ...found } of machineRuntimeCommands(view)) {
      const hit = verdictOn(found, scene);
      if (hit !== undefined) yield { at: view.at(offset, length), ...hit };
    }
  },
};

function verdictOn(found: MachineRuntime | undefined, scene: Scene): Omit<Hit, 'at'> | undefined {
  if (found === undefined || (scene.target === 'cri-dockerd' && found.bringsCriDockerd === true)) return undefined;
  const { product, fix } = found;
  const then =
    found.bringsCriDockerd === true
      ? 'they depend on Docker, and on cri-dockerd too from Kubernetes 1.24 on'
      : 'from Kubernetes 1.24 on they do not join, or the setting is refused';
  return {
    severity: !reaches(scene, WITHOUT_DOCKERSHIM) || product === 'minikube' ? 'warning' : 'error',
    message: `New machines come up with Docker here (${product}): ${then}.`,
    fix,
  };
}
