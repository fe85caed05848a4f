import { isInside, normalHostPath } from '../manifests/host-path.js';
import type { ObjectView, PodView } from '../manifests/views.js';
import { dataRootOf } from './parts/data-root-of.js';
import { dockerStays, WHILE_DOCKER_STAYS } from './parts/docker-stays.js';
import { isDockerLogDir } from './parts/is-docker-log-dir.js';
import { isDockerPlugins } from './parts/is-docker-plugins.js';
import { persistentPaths } from './parts/persistent-paths.js';
import { reachesOf, type Reach } from './parts/reach.js';
import { volumeHit } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

export const dockerDataRoot: Rule = {
  id: 'docker-data-root',
  title: "Docker's data root is used",
  severity: 'error',
  why:
    'Layers, images and volumes of Docker lie below its data root, /var/lib/docker unless configured. Another ' +
    'runtime has its own directory in a form of its own, so that what reads there sees nothing new; and data ' +
    'that pods or PersistentVolumes keep there is lost with the removal of Docker.',
  fix:
    'Ask the CRI or the kubelet for images, layers and disk usage; only where it has to be, read ' +
    '/var/lib/containerd or /var/lib/containers. Move data out of the directory before Docker is removed.',
  links: [
    'https://docs.docker.com/engine/daemon/#daemon-data-directory',
    'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/',
  ],
  words: ['docker', 'hostPath', 'host_path', ['PersistentVolume', 'local'], ['persistent_volume', 'local']],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    const is = (path: string): boolean =>
      dataRootOf(path, scene) !== undefined &&
      !isDockerLogDir(path, scene) &&
      !isDockerPlugins(path) &&
      !isConfig(path);
    for (const reach of reachesOf(pod, is))
      yield volumeHit(reach, pod, scene, { severity: 'error', ...verdict(reach, pod) });
    for (const reach of reachesOf(pod, (path) => !is(path) && OTHER_ROOT.test(path))) {
      const says = "It looks like a part of Docker's data root, where nothing new appears once Docker is gone.";
      yield volumeHit(reach, pod, scene, { says, severity: 'note', confidence: 'possible' });
    }
  },

  *object(view: ObjectView, scene: Scene): Iterable<Hit> {
    for (const { path, written } of persistentPaths(view)) {
      const root = dataRootOf(normalHostPath(written), scene);
      if (root === undefined) continue;
      const stays = dockerStays(scene);
      const fate = stays ? WHILE_DOCKER_STAYS : `Its data is lost when ${root} is removed with Docker.`;
      yield {
        at: { path },
        message: `The PersistentVolume keeps its data in ${written} of the node, below Docker's data root. ${fate}`,
        severity: stays ? 'note' : 'error',
        fix: `Move the data to a directory outside of ${root}, and make the PersistentVolume anew with its path, before Docker is removed from the node.`,
      };
    }
  },
};

/** Of a root that nobody told of. */
const OTHER_ROOT =
  /[/\\]docker[/\\](?:overlay2|aufs|devicemapper|vfs|fuse-overlayfs|btrfs|zfs|image|volumes|buildkit|windowsfilter)(?:[/\\]|$)/;

/** On Windows configuration and the data are in one directory. */
const isConfig = (path: string): boolean => isInside(path, 'c:\\programdata\\docker\\config');

function verdict({ path, mounts }: Reach, pod: PodView): { says: string; severity?: 'warning'; fix?: string } {
  if (/[/\\]volumes(?:[/\\]|$)/.test(path)) {
    return {
      says: 'What the pod keeps there in volumes of Docker is lost when Docker is removed.',
      fix: 'Move the data to a PersistentVolume before Docker is removed from the node.',
    };
  }
  if (pod.hasOwnDocker && mounts.length > 0) {
    return {
      says: "The dockerd of the pod shares it with the node's: it goes on to work without that, and fills the disk with layers that the kubelet does not count.",
      severity: 'warning',
      fix: 'Give the dockerd of the pod an emptyDir or a PersistentVolume at /var/lib/docker.',
    };
  }
  return {
    says: 'Once Docker is gone, nothing new appears there: layers, images and containers of another runtime are elsewhere.',
  };
}
