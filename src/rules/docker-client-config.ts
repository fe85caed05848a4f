import type { PodView } from '../manifests/views.js';
import { reachesOf } from './parts/reach.js';
import { volumeHit } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

const KUBELET = /^\/var\/lib\/kubelet\/(?:config\.json|\.dockercfg)$/;
const CLIENT = /\/\.docker(?:\/config\.json)?$|\/\.dockercfg$/;

const isClientConfig = (path: string): boolean => CLIENT.test(path) || KUBELET.test(path);

export const dockerClientConfig: Rule = {
  id: 'docker-client-config',
  title: "Pod is given the node's credentials for registries",
  severity: 'note',
  why:
    'The kubelet reads registry credentials from /var/lib/kubelet/config.json and .docker/config.json with any ' +
    'runtime, so that the files stay in use. They are no dependency on a daemon, but go unnoticed when a node is ' +
    'set up anew without Docker.',
  fix: 'Keep the file on the node, or use imagePullSecrets or a credential provider of the kubelet.',
  links: [
    'https://kubernetes.io/docs/concepts/containers/images/#using-a-private-registry',
    'https://kubernetes.io/docs/tasks/administer-cluster/kubelet-credential-provider/',
  ],
  words: ['.docker', ['kubelet', 'config.json']],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    for (const reach of reachesOf(pod, isClientConfig)) {
      const says = KUBELET.test(reach.path)
        ? 'The kubelet goes on to read it for pulls; see that new nodes have it.'
        : 'docker login wrote it; on a node without Docker nobody renews it.';
      yield volumeHit(reach, pod, scene, { says, severity: 'note', confidence: 'possible', ofDockerd: false });
    }
  },
};
