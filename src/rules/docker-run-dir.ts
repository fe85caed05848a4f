import { isDockerSocket, isInside } from '../manifests/host-path.js';
import type { PodView } from '../manifests/views.js';
import { isDockerContainerd } from './parts/is-docker-containerd.js';
import { isDockerPlugins } from './parts/is-docker-plugins.js';
import { dockerStays } from './parts/docker-stays.js';
import { namedHits } from './parts/named-hits.js';
import { reachesOf } from './parts/reach.js';
import { volumeHit } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

const isOther = (path: string): boolean =>
  (isInside(path, '/run/docker') || path === '/run/docker.pid') &&
  !isDockerSocket(path) &&
  !isDockerContainerd(path) &&
  !isDockerPlugins(path);

export const dockerRunDir: Rule = {
  id: 'docker-run-dir',
  title: "Pod is given dockerd's directory of running things",
  severity: 'error',
  why:
    'dockerd keeps the network namespaces, the sockets of plugins and the state of its containers below ' +
    '/run/docker. Containers of another runtime have theirs elsewhere, and after a reboot without Docker the ' +
    'directory is gone.',
  fix:
    'Take network namespaces from /run/netns (the CRI names the one of a sandbox), sandboxes and containers from ' +
    'the CRI socket.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://docs.docker.com/engine/extend/plugin_api/',
  ],
  words: ['docker'],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    for (const reach of reachesOf(pod, isOther)) {
      const says = reach.path.startsWith('/run/docker/netns')
        ? 'Once Docker is gone, no network namespace of a pod appears there; containerd and CRI-O keep them in /run/netns.'
        : 'Once Docker is gone, it is empty or missing: nothing else keeps its state there.';
      yield volumeHit(reach, pod, scene, { says, severity: 'error' });
    }
    if (!dockerStays(scene)) yield* namedHits(pod, isOther, 'Once Docker is gone, nothing keeps its state there.');
  },
};
