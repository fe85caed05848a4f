import type { ContainerView, PodView } from '../manifests/views.js';
import type { Hit, Rule, Scene } from './rule.js';
import { adviceOf } from './agents/advice-of.js';
import type { Agent, DockerArgument } from './agents/agent.js';
import { agentOf } from './agents/agent-of.js';
import { argumentsOf, type Argument } from './agents/arguments-of.js';
import { imageName } from './agents/image-name.js';
import { agents } from './agents/index.js';
import { speaksCri } from './agents/speaks-cri.js';
import { dockerStays, WHILE_DOCKER_STAYS } from './parts/docker-stays.js';

/** Of several products, and of the kubelet, for which there is a rule of its own. */
const CONTAINER_RUNTIME = /^--?container-runtime=docker$/i;

/** They start nodes with a runtime instead of looking at one. */
const NODE_PROGRAM = /^(?:.*[/\\])?(?:kubelet|hyperkube|minikube|kubeadm)(?:\.exe|-(?:amd64|arm64))?$/i;

const inAnyImage: readonly (readonly [DockerArgument, Agent])[] = agents.flatMap((agent) =>
  (agent.dockerArguments ?? []).filter(({ anyImage }) => anyImage === true).map((one) => [one, agent] as const),
);

export const dockerAgentArg: Rule = {
  id: 'docker-agent-arg',
  title: "Agent's argument that selects Docker",
  severity: 'error',
  why:
    'Agents that know several container runtimes are told by an argument to use Docker. They look for the Docker API on the node and find no ' +
    'containers there, or wait for a daemon that is gone; some do not start. A health check of Docker even reports a healthy node as broken.',
  fix: 'Give the agent the argument for the new container runtime and mount its socket, or remove the argument where the agent needs none.',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/migrating-telemetry-and-security-agents/',
    'https://github.com/google/cadvisor/blob/master/docs/runtime_options.md',
    'https://github.com/kubernetes/node-problem-detector/tree/master/config',
    'https://github.com/argoproj/argo-workflows/issues/8212',
  ],
  words: [
    'docker_only',
    'docker-only',
    'probe.docker',
    'providers.docker',
    'docker-monitor',
    'health-checker-docker',
    ['container-runtime', 'docker'],
    // Flags that only mean Docker in the images of certain products.
    ['cadvisor', 'docker'],
    ['traefik', 'docker'],
    ['gitlab-runner', 'docker'],
    ['woodpecker-agent', 'docker'],
    ['chaos-daemon', 'docker'],
  ],

  *pod(view: PodView, scene: Scene): Iterable<Hit> {
    if (view.hasOwnDocker) return;
    for (const container of view.containers) {
      const found = findArgument(container, view);
      if (found !== undefined) yield hitOf(found, container, dockerStays(scene));
    }
  },
};

interface Found {
  readonly argument: Argument;
  /** By the image; else the one that has such an argument. */
  readonly agent: Agent | undefined;
  readonly advisor: Agent | undefined;
}

function findArgument(container: ContainerView, pod: PodView): Found | undefined {
  const given = argumentsOf(container);
  if (isOfNode(container.image, given)) return undefined;

  const agent = agentOf(container.image);
  const isOnCri = (): boolean => speaksCri(container, pod) || agent?.configuredForCri?.(container, pod) === true;
  const own = (agent?.dockerArguments ?? []).filter(({ unlessCri }) => unlessCri !== true || !isOnCri());
  for (const argument of given) {
    const { text } = argument;
    if (own.some(({ pattern }) => pattern.test(text)) || CONTAINER_RUNTIME.test(text)) {
      return { argument, agent, advisor: agent };
    }
    const other = inAnyImage.find(([{ pattern }]) => pattern.test(text));
    if (other !== undefined) return { argument, agent, advisor: agent ?? other[1] };
  }
  return undefined;
}

function isOfNode(image: string, given: readonly Argument[]): boolean {
  // `--component kubelet` and `--dir /var/lib/kubelet` only speak of it.
  const isValue = (text: string, index: number): boolean => given[index - 1]?.text.endsWith(`=${text}`) === true;
  return (
    NODE_PROGRAM.test(imageName(image).repository) ||
    given.some(({ text }, index) => NODE_PROGRAM.test(text) && !isValue(text, index))
  );
}

function hitOf({ argument, agent, advisor }: Found, { name }: ContainerView, stays: boolean): Hit {
  const { text, at } = argument;
  // A URL may hold a password.
  const shown = text.includes('@') || text.length > 150 ? text.split('=')[0] : text;
  const product = agent === undefined ? '' : ` (${agent.product})`;
  const told = `${name === '' ? 'A container' : `Container ${name}`}${product} is told by ${shown} to work with Docker`;
  return {
    at,
    message: stays
      ? `${told}. ${WHILE_DOCKER_STAYS}`
      : `${told}, and finds no containers there once the node runs without it.`,
    ...(stays ? { severity: 'note' } : {}),
    ...(advisor === undefined ? {} : { fix: adviceOf(advisor) }),
    container: name,
  };
}
