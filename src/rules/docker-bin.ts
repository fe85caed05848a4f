import type { PodView } from '../manifests/views.js';
import { dockerStays } from './parts/docker-stays.js';
import { fixForDockerUse } from './parts/fix-for-docker-use.js';
import { namedHits } from './parts/named-hits.js';
import { reachesOf } from './parts/reach.js';
import { volumeHit } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

/** The client, the daemon, and the library that clients before 1.13 were linked against. */
const BINARY =
  /\/(?:s?bin|libexec\/docker\/cli-plugins|lib\/docker\/cli-plugins)\/(?:docker|docker-[\w.-]+|dockerd)$|\/libltdl\.so[.\d]*$/;

const isDockerBinary = (path: string): boolean => BINARY.test(path);

export const dockerBin: Rule = {
  id: 'docker-bin',
  title: "Pod is given the node's Docker client",
  severity: 'error',
  why:
    "A pod that mounts the node's docker command uses it with the Docker socket. With the packages of Docker the " +
    'command goes as well: without a type the runtime makes a directory of it, and the program cannot be run.',
  fix: 'Bring the client that is needed in the image: crictl, nerdctl or kubectl.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://kubernetes.io/docs/reference/tools/map-crictl-dockercli/',
  ],
  words: ['docker', 'libltdl'],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    for (const reach of reachesOf(pod, isDockerBinary)) {
      const says = reach.path.includes('libltdl')
        ? "It is there for the node's docker command, which has no daemon to talk to once Docker is gone."
        : 'Once Docker is gone, the command has no daemon to talk to, and with its package it is gone itself.';
      yield volumeHit(reach, pod, scene, { says, severity: 'error', fix: fixForDockerUse(pod) });
    }
    if (dockerStays(scene)) return;
    yield* namedHits(pod, isDockerBinary, 'Once Docker is gone, it has no daemon to talk to.', fixForDockerUse(pod));
  },
};
