import type { Severity } from '../core/finding.js';
import { isDockerSocket, normalHostPath } from '../manifests/host-path.js';
import type { Place } from '../manifests/place.js';
import type { ContainerView, ObjectView, PodView } from '../manifests/views.js';
import { speaksCri } from './agents/speaks-cri.js';
import { defaultSocketUse } from './parts/default-socket-use.js';
import { dockerStays, WHILE_DOCKER_STAYS } from './parts/docker-stays.js';
import { fixForDockerUse } from './parts/fix-for-docker-use.js';
import { missingSocket, type MissingSocket } from './parts/missing-socket.js';
import { mountSentence } from './parts/mount-sentence.js';
import { namedPaths } from './parts/named-paths.js';
import { namedSentence } from './parts/named-sentence.js';
import { persistentPaths } from './parts/persistent-paths.js';
import { reachesOf, type Reach } from './parts/reach.js';
import { onlyContainer } from './parts/volume-hit.js';
import type { Hit, Rule, Scene } from './rule.js';

export const dockerSock: Rule = {
  id: 'docker-sock',
  title: "Pod is given the node's Docker socket",
  severity: 'error',
  why:
    'The Docker API on the node ends with Docker. Pods that were given its socket hang in ContainerCreating ' +
    'where the volume has a type, and start without a daemon to talk to where it has none. Where dockerd stays ' +
    'on the node, the socket stays, but shows none of the containers of Kubernetes.',
  fix:
    'Use the Kubernetes API, the kubelet or the CRI socket instead; build images with BuildKit, Buildah or ' +
    'Kaniko, or with a docker:dind sidecar.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
    'https://github.com/moby/moby/issues/31184',
  ],
  words: ['docker'],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    const reaches = reachesOf(pod, isDockerSocket);
    const uses = usesThroughDirectories(pod);
    if (reaches.length === 0 && uses.length === 0) return;
    const agnostic = pod.containers.some((container) => speaksCri(container, pod));
    for (const reach of reaches) yield mounted(reach, pod, scene, agnostic);
    for (const use of uses) yield usedThrough(use, pod, scene, agnostic);
  },

  *object(view: ObjectView, scene: Scene): Iterable<Hit> {
    const stays = dockerStays(scene);
    const fate = stays ? WHILE_DOCKER_STAYS : 'Pods that claim it find no socket once Docker is gone.';
    for (const { path, written } of persistentPaths(view)) {
      if (!isDockerSocket(normalHostPath(written))) continue;
      const message = `The PersistentVolume is ${written} of the node. ${fate}`;
      yield { at: { path }, message, ...(stays ? { severity: 'note' } : {}) };
    }
  },
};

const AGNOSTIC = 'The pod has a socket of containerd or CRI-O as well, so that it may do without this one.';

function mounted(reach: Reach, pod: PodView, scene: Scene, agnostic: boolean): Hit {
  const mount = mountSentence(reach, pod.complete);
  const at = { path: reach.at };
  if (dockerStays(scene)) {
    return { at, message: `${mount} ${WHILE_DOCKER_STAYS}`, severity: 'note', ...onlyContainer(reach) };
  }
  const missing = missingSocket(reach, pod.complete);
  const { says, blocks } = missing;
  return {
    at,
    message: [mount, says, ...(agnostic ? [AGNOSTIC] : []), ...trap(missing)].join(' '),
    severity: agnostic && !blocks ? atMostWarning(missing.severity) : missing.severity,
    fix: [fixFor(pod, reach, agnostic), ...repair(reach, missing, scene)].join(' '),
    ...onlyContainer(reach),
  };
}

const atMostWarning = (severity: Severity): Severity => (severity === 'error' ? 'warning' : severity);

function fixFor(pod: PodView, reach: Reach, agnostic: boolean): string {
  if (agnostic) return 'Remove the volume of the Docker socket and its mounts.';
  if (pod.complete && reach.mounts.length === 0) return 'Remove the volume: no container mounts it.';
  return fixForDockerUse(pod);
}

const trap = ({ litter }: MissingSocket): string[] =>
  litter === undefined ? [] : [`What is left there keeps dockerd from starting when the node is rolled back.`];

/** How to get rid of what stands in the socket's place, and how to prevent it. */
function repair({ path }: Reach, { litter }: MissingSocket, { target }: Scene): string[] {
  if (litter === undefined) return [];
  const remove = litter === 'directory' ? `rmdir ${path}` : `rm ${path}`;
  const steps = [`Before Docker is started again on a node where the pod ran without it: ${remove}.`];
  if (target === 'crio' && litter === 'directory') {
    const aliases = path.startsWith('/run/') ? `"/var${path}", "${path}"` : `"${path}"`;
    steps.push(
      `CRI-O can refuse such pods instead: absent_mount_sources_to_reject = [${aliases}] in the table crio.runtime of its configuration.`,
    );
  }
  return steps;
}

interface Use {
  /** Who uses which path; a sentence with a full stop. */
  readonly says: string;
  readonly at: Place;
  readonly container: ContainerView;
}

/** A directory above is mounted, and a container uses the socket in it: by a setting, or because its client does by default. */
function usesThroughDirectories(pod: PodView): Use[] {
  const uses = new Map<string, Use>();
  for (const named of namedPaths(pod, isDockerSocket)) {
    const { container, mount, hostPath, at } = named;
    const key = `${container.name} ${hostPath}`;
    // A mount of the socket itself is told as a volume.
    if (isDockerSocket(mount.hostPath) || uses.has(key)) continue;
    uses.set(key, { says: namedSentence(named), at, container });
  }
  for (const container of pod.containers) {
    const { mount, hostPath = '' } = defaultSocketUse(pod, container) ?? {};
    const key = `${container.name} ${hostPath}`;
    if (mount === undefined || isDockerSocket(mount.hostPath) || uses.has(key)) continue;
    const from = `volume ${mount.volume.name} is ${mount.volume.hostPath?.written ?? ''}`;
    const says = `Container ${container.name} runs docker, whose socket is ${hostPath} of the node (${from}).`;
    uses.set(key, { says, at: { path: mount.path }, container });
  }
  return [...uses.values()];
}

function usedThrough({ says, at, container }: Use, pod: PodView, scene: Scene, agnostic: boolean): Hit {
  const stays = dockerStays(scene);
  const fate = stays
    ? WHILE_DOCKER_STAYS
    : 'Once Docker is gone, the pod starts all the same and finds no socket there.';
  return {
    at,
    message: [says, fate, ...(agnostic && !stays ? [AGNOSTIC] : [])].join(' '),
    severity: stays ? 'note' : agnostic ? 'warning' : 'error',
    fix: agnostic ? 'Remove what uses the Docker socket.' : fixForDockerUse(pod),
    container: container.name,
  };
}
