import { isInside } from '../manifests/host-path.js';
import type { PodView } from '../manifests/views.js';
import { dataRootOf } from './parts/data-root-of.js';
import { dockerStays } from './parts/docker-stays.js';
import { dockerThrough } from './parts/docker-through.js';
import { mountSentence } from './parts/mount-sentence.js';
import { parentReaches } from './parts/parent-reaches.js';
import { onlyContainer } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

export const dataRootParent: Rule = {
  id: 'data-root-parent',
  title: "Pod is given a directory that holds Docker's data root",
  severity: 'note',
  why:
    "A mount of /, /var or /var/lib reaches Docker's data root with its logs, layers and volumes. Most pods have " +
    'it for other reasons; the manifest alone does not tell. It does where a setting of the pod names the data ' +
    'root through the mount: new containers write nothing there any more.',
  fix:
    'See whether the program reads below the data root of Docker. Container logs are in /var/log/pods with every ' +
    'runtime; disk usage and layers come from the kubelet and the CRI.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://kubernetes.io/docs/concepts/cluster-administration/logging/',
  ],
  words: [
    'hostPath',
    'host_path',
    ['volumes', 'pipeline'],
    ...['/var:/', '/var/:', '/lib:/', '/lib/:', '- /:/', ' "/:/', " '/:/", '["/:/', "['/:/", ',"/:/'],
  ],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    if (dockerStays(scene)) return;
    const roots = scene.dataRoots.length === 0 ? ['/var/lib/docker'] : scene.dataRoots;
    const isParent = (path: string): boolean => roots.some((root) => path !== root && isInside(root, path));
    for (const reach of parentReaches(pod, isParent)) {
      const mount = mountSentence(reach, pod.complete);
      const at = { path: reach.at };
      const evidence = dockerThrough(pod, { ...reach, path: '' }, (path) => dataRootOf(path, scene) !== undefined);
      yield evidence === undefined
        ? {
            at,
            confidence: 'possible',
            message: `${mount} Docker's data root lies in it; a program that reads logs, layers or volumes there finds nothing new once Docker is gone.`,
            ...onlyContainer(reach),
          }
        : {
            at,
            message: `${mount} ${evidence} Once Docker is gone, nothing new appears there.`,
            severity: 'error',
            ...onlyContainer(reach),
          };
    }
  },
};
