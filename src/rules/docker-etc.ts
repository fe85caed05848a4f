import { isInside } from '../manifests/host-path.js';
import type { PodView } from '../manifests/views.js';
import { dockerStays } from './parts/docker-stays.js';
import { isDockerPlugins } from './parts/is-docker-plugins.js';
import { namedHits } from './parts/named-hits.js';
import { reachesOf } from './parts/reach.js';
import { volumeHit } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

const isDockerEtc = (path: string): boolean =>
  (isInside(path, '/etc/docker') || isInside(path, 'c:\\programdata\\docker\\config')) && !isDockerPlugins(path);

export const dockerEtc: Rule = {
  id: 'docker-etc',
  title: "Pod reads or writes dockerd's configuration",
  severity: 'error',
  why:
    'Pods that install the CA of a registry, a mirror or options of the daemon write to /etc/docker. containerd ' +
    'reads /etc/containerd/config.toml and its certs.d, CRI-O /etc/crio and /etc/containers; to them such a pod ' +
    'installs nothing, and pulls from the registry fail.',
  fix: 'Write what the new runtime reads, or set it up with the node.',
  links: [
    'https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file',
    'https://github.com/containerd/containerd/blob/main/docs/hosts.md',
    'https://github.com/containers/image/blob/main/docs/containers-registries.conf.d.5.md',
  ],
  words: ['docker'],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    for (const reach of reachesOf(pod, isDockerEtc)) {
      const fix = fixFor(reach.path, scene);
      yield volumeHit(reach, pod, scene, {
        says: 'The new runtime does not read it: what is set there has no effect.',
        severity: 'error',
        fix,
      });
    }
    if (dockerStays(scene)) return;
    yield* namedHits(pod, isDockerEtc, 'The new runtime does not read it.', fixFor('/etc/docker', scene));
  },
};

function fixFor(path: string, { target }: Scene): string {
  const certificates = isInside(path, '/etc/docker/certs.d');
  if (target === 'crio') {
    const settings =
      'registries and mirrors to /etc/containers/registries.conf.d, options of the runtime to /etc/crio/crio.conf.d';
    return `Write CA certificates to /etc/containers/certs.d/REGISTRY/ca.crt${certificates ? '' : `, ${settings}`}.`;
  }
  const hosts =
    '/etc/containerd/certs.d/REGISTRY/hosts.toml with its CA beside it, and set config_path of the CRI plugin to /etc/containerd/certs.d';
  return `Write ${hosts}${certificates ? '' : '; options of the runtime belong to /etc/containerd/config.toml'}.`;
}
