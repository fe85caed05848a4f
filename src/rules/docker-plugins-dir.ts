import type { PodView } from '../manifests/views.js';
import { isDockerPlugins } from './parts/is-docker-plugins.js';
import { dockerStays } from './parts/docker-stays.js';
import { namedHits } from './parts/named-hits.js';
import { reachesOf } from './parts/reach.js';
import { volumeHit } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

export const dockerPluginsDir: Rule = {
  id: 'docker-plugins-dir',
  title: 'Pod serves a Docker plugin',
  severity: 'error',
  why:
    'dockerd finds plugins for volumes and networks by their sockets in /run/docker/plugins or by files in ' +
    '/etc/docker/plugins and /usr/lib/docker/plugins. containerd and CRI-O know no such plugins.',
  fix:
    'Use the CSI driver of the storage or the CNI plugin of the network, and move the data of volumes before ' +
    'Docker goes.',
  links: ['https://docs.docker.com/engine/extend/plugin_api/', 'https://kubernetes-csi.github.io/docs/drivers.html'],
  words: ['docker'],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    for (const reach of reachesOf(pod, isDockerPlugins)) {
      const says =
        'Once Docker is gone, nobody loads plugins from there: volumes and networks that they serve are gone for new containers.';
      yield volumeHit(reach, pod, scene, { says, severity: 'error' });
    }
    if (!dockerStays(scene))
      yield* namedHits(pod, isDockerPlugins, 'Once Docker is gone, nobody loads plugins from there.');
  },
};
