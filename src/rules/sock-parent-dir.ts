import { isDockerSocket } from '../manifests/host-path.js';
import type { PodView } from '../manifests/views.js';
import { speaksCri } from './agents/speaks-cri.js';
import { dockerStays, WHILE_DOCKER_STAYS } from './parts/docker-stays.js';
import { dockerThrough } from './parts/docker-through.js';
import { fixForDockerUse } from './parts/fix-for-docker-use.js';
import { isParentOfSockets } from './parts/is-parent-of-sockets.js';
import { mountSentence } from './parts/mount-sentence.js';
import { parentReaches } from './parts/parent-reaches.js';
import { onlyContainer } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

export const sockParentDir: Rule = {
  id: 'sock-parent-dir',
  title: 'Pod is given a directory that holds the Docker socket',
  severity: 'note',
  why:
    'The Docker socket lies in /run, so that a mount of /run, /var/run, /var or / reaches it. Many agents mount ' +
    'such a directory in order to find whatever runtime there is, and need no change; the manifest alone does ' +
    'not tell. It does where a setting or a command of the pod names Docker through the mount.',
  fix:
    'See whether the program uses Docker. If it does, set its option for the CRI socket and mount that socket ' +
    'alone.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://github.com/DataDog/helm-charts/issues/783',
  ],
  words: [
    'hostPath',
    'host_path',
    // Drone's pipelines have `host: {path}`.
    ['volumes', 'pipeline'],
    // Binds as Docker has them: `- /run:/run`, `"/:/host"`.
    ...['/run:/', '/run/:', '/var:/', '/var/:', '- /:/', ' "/:/', " '/:/", '["/:/', "['/:/", ',"/:/'],
  ],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    const reaches = parentReaches(pod, isParentOfSockets);
    if (reaches.length === 0) return;
    const agnostic = pod.containers.some((container) => speaksCri(container, pod));
    for (const reach of reaches) {
      const mount = mountSentence(reach, pod.complete);
      const at = { path: reach.at };
      const evidence = dockerThrough(pod, reach, isDockerSocket);
      if (evidence !== undefined) {
        const stays = dockerStays(scene);
        const fate = stays ? WHILE_DOCKER_STAYS : 'Once Docker is gone, the pod starts all the same and this fails.';
        yield {
          at,
          message: `${mount} ${evidence} ${fate}`,
          severity: stays ? 'note' : agnostic ? 'warning' : 'error',
          fix: fixForDockerUse(pod),
          ...onlyContainer(reach),
        };
      } else if (!agnostic && !dockerStays(scene)) {
        yield {
          at,
          confidence: 'possible',
          message: `${mount} The Docker socket lies in it; a program that looks for it there finds none once Docker is gone.`,
          ...onlyContainer(reach),
        };
      }
    }
  },
};
