import { isDockerSocket, normalHostPath } from '../manifests/host-path.js';
import type { ContainerView, EnvView, PodView, TextView } from '../manifests/views.js';
import { withoutComments } from './config-texts/without-comments.js';
import { daemonOf, type Daemon } from './parts/daemon-of.js';
import { dockerStays, WHILE_DOCKER_STAYS } from './parts/docker-stays.js';
import { fixForDockerUse } from './parts/fix-for-docker-use.js';
import { withoutLogin } from './parts/without-login.js';
import type { Hit, Rule, Scene } from './rule.js';

export const dockerHostEnv: Rule = {
  id: 'docker-host-env',
  title: "DOCKER_HOST points to the node's Docker",
  severity: 'error',
  why:
    'The Docker client and its libraries connect to what DOCKER_HOST names, with TLS where DOCKER_TLS_VERIFY and ' +
    'DOCKER_CERT_PATH say so. Where that is the daemon of the node, they get no connection once Docker is gone. ' +
    'A dockerd that the pod brings along works with any runtime.',
  fix: 'Remove the variable with what uses it, or let it point to a docker:dind sidecar.',
  links: [
    'https://docs.docker.com/reference/cli/docker/#environment-variables',
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
  ],
  words: ['DOCKER_HOST'],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    for (const container of pod.containers) {
      for (const variable of container.env) {
        if (variable.name !== 'DOCKER_HOST') continue;
        const hit = hitOf(daemonFor(variable, pod, container), variable, pod, scene);
        if (hit === undefined) continue;
        const evidence = `DOCKER_HOST=${withoutLogin(variable.value ?? '')}`;
        yield { ...hit, evidence, container: container.name };
      }
    }
  },

  *text(view: TextView, scene: Scene): Iterable<Hit> {
    if (view.role !== 'script' && view.role !== 'command' && view.role !== 'crontab' && view.role !== 'unit') return;
    if (!view.text.includes('DOCKER_HOST')) return;
    const { pod, container } = view;
    for (const match of withoutComments(view.text).matchAll(ASSIGNMENT)) {
      const [whole, value = ''] = match;
      const daemon =
        pod === undefined || container === undefined ? daemonWithoutPod(value, view) : daemonOf(value, pod, container);
      const variable = { value, path: [] };
      const hit = hitOf(daemon, variable, pod, scene);
      if (hit === undefined) continue;
      yield { ...hit, at: view.at(match.index, whole.length), evidence: withoutLogin(whole) };
    }
  },
};

const ASSIGNMENT = /\bDOCKER_HOST=["']?([^\s"';&|]+)/g;

function daemonFor({ value, fieldPath }: EnvView, pod: PodView, container: ContainerView): Daemon {
  if (value !== undefined) return daemonOf(value, pod, container);
  if (fieldPath !== undefined) return daemonOf(`tcp://[${fieldPath}]`, pod, container);
  if (pod.hasOwnDocker) return { whose: 'pod', because: 'the dockerd of the pod' };
  return { whose: 'unknown', because: 'a value that stands elsewhere' };
}

/** A script of a node uses the daemon of that node; one in a ConfigMap may run beside a dockerd of its own. */
function daemonWithoutPod(value: string, { object }: TextView): Daemon {
  const local = /^tcp:\/\/(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0)?(?::|$)/.test(value);
  const socket = value.startsWith('unix://') && isDockerSocket(normalHostPath(value));
  const whose = object.kind === 'File' && (local || socket) ? 'node' : 'unknown';
  return {
    whose,
    because: whose === 'node' ? 'the daemon of the node that runs it' : 'a daemon that may be that of a node',
  };
}

function hitOf(
  daemon: Daemon,
  { value, path }: Pick<EnvView, 'value' | 'path'>,
  pod: PodView | undefined,
  scene: Scene,
): Hit | undefined {
  const { whose, because } = daemon;
  if (whose === 'pod' || whose === 'other') return undefined;
  const says = `DOCKER_HOST is ${value === undefined ? 'taken from elsewhere' : withoutLogin(value)}: ${because}.`;
  const at = { path };
  const stays = dockerStays(scene);
  if (whose === 'unknown') {
    if (stays) return undefined;
    return {
      at,
      message: `${says} If a node's Docker is meant, there is no connection once it is gone.`,
      severity: 'note',
      confidence: 'possible',
    };
  }
  return {
    at,
    message: `${says} ${stays ? WHILE_DOCKER_STAYS : 'Once Docker is gone, there is no connection.'}`,
    severity: stays ? 'note' : 'error',
    ...(pod === undefined ? {} : { fix: fixForDockerUse(pod) }),
  };
}
