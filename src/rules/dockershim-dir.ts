import { isInside } from '../manifests/host-path.js';
import type { PodView } from '../manifests/views.js';
import { reachesOf } from './parts/reach.js';
import { volumeHit } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

export const dockershimDir: Rule = {
  id: 'dockershim-dir',
  title: "Pod is given dockershim's own directory",
  severity: 'error',
  why:
    'dockershim kept checkpoints of its sandboxes below /var/lib/dockershim, with their network namespaces and ' +
    'host ports. No other runtime writes there, and the directory is removed with what is left of dockershim.',
  fix: 'Read sandboxes from the CRI (crictl pods -o json, crictl inspectp) or pods from the Kubernetes API.',
  links: [
    'https://github.com/kubernetes/kubernetes/tree/v1.23.0/pkg/kubelet/dockershim',
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/',
  ],
  words: ['dockershim'],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    for (const reach of reachesOf(pod, (path) => isInside(path, '/var/lib/dockershim'))) {
      const says = 'Without dockershim its checkpoints there are stale: no new sandbox appears among them.';
      yield volumeHit(reach, pod, scene, { says, severity: 'error', ofDockerd: false });
    }
  },
};
