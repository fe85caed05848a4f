import type { PodView } from '../../manifests/views.js';
import { adviceFor } from '../agents/advice-for.js';
import { dockerVerb } from '../config-texts/docker-command-fix.js';
import { dockerCommandsOf } from './docker-commands-of.js';

interface Use {
  readonly pattern: RegExp;
  readonly fix: string;
}

/** What is done with Docker, by the subcommands that a pod runs; the first that fits tells most. */
const VERBS: readonly Use[] = [
  {
    pattern: /^(?:(?:image|buildx|builder) )?(?:build|bake|push|tag|commit)$|^login$/,
    fix:
      'Build and push the image without a Docker daemon: with BuildKit (rootless), Buildah or Kaniko, or with Jib or ko, ' +
      'and with the credentials of the registry from a Secret. Where the Docker client has to stay, add a docker:dind ' +
      'sidecar and point DOCKER_HOST to it.',
  },
  {
    pattern: /^(?:compose|stack|swarm|service)$/,
    fix:
      'Run the services of the compose file as pods of their own (kompose converts it) or as sidecars of this pod; ' +
      'for tests a docker:dind sidecar does.',
  },
  {
    pattern: /prune$|^rmi?$|^(?:image|container) rm$/,
    fix:
      'Remove the workload: the kubelet deletes unused images and dead containers by itself ' +
      '(imageGCHighThresholdPercent). By hand it is crictl rmi --prune.',
  },
  {
    pattern: /^(?:image )?(?:pull|load|import|save)$/,
    fix:
      'Pull images by a DaemonSet that has them as init containers, or on the node with crictl pull; ' +
      'archives go in with ctr -n k8s.io images import.',
  },
  {
    pattern: /^(?:container )?(?:ps|ls|inspect|logs|exec|attach|top|events|cp|kill|restart|stop|wait)$|^images$/,
    fix:
      'Ask the Kubernetes API instead: list pods by the field selector spec.nodeName, and use exec and logs of the API. ' +
      'On the node itself crictl ps, inspect, logs and exec read the CRI socket.',
  },
  {
    pattern: /^(?:stats|info|system (?:df|info))$/,
    fix: "Read the kubelet's /metrics/cadvisor and /stats/summary, or crictl stats and crictl info on the node.",
  },
  {
    pattern: /^(?:container )?(?:run|create|start)$/,
    fix:
      'Create a Job or a Pod through the Kubernetes API instead of a container beside Kubernetes; ' +
      'where it has to be Docker, add a docker:dind sidecar and point DOCKER_HOST to it.',
  },
];

const CI =
  /(?:^|[/_-])(?:jenkins|jnlp|gitlab-runner|actions-runner|drone|woodpecker|buildkite|teamcity|bamboo|circleci|concourse|gocd|ci|cicd|builder|build)(?:[/_:@-]|$)/;

const IMAGES: readonly Use[] = [
  {
    pattern: CI,
    fix:
      'For jobs that build images use BuildKit (rootless), Buildah or Kaniko, or give the job a docker:dind sidecar ' +
      'of its own and point DOCKER_HOST to it.',
  },
  {
    pattern: /metrics|monitor|exporter|telegraf|collector|statsd|cadvisor/,
    fix:
      "Take the metrics of containers from the kubelet's /metrics/cadvisor, and let the collector use its input for " +
      'the kubelet, Kubernetes or containerd instead of the one for Docker.',
  },
];

const GENERAL =
  'Find out what it asks Docker for. Lists, logs and exec come from the Kubernetes API or, on the node, from crictl; ' +
  'metrics from the kubelet; images are built with BuildKit, Buildah or Kaniko, or by a docker:dind sidecar. ' +
  'Agents need a version that speaks to the CRI socket.';

/** What to do for this very workload that uses Docker on its node: by its product, by what it runs, by its image. */
export function fixForDockerUse(pod: PodView): string {
  const images = pod.containers.map(({ image }) => image);
  const product = adviceFor(images);
  if (product !== undefined) return product;
  const verbs = pod.containers
    .flatMap((container) => dockerCommandsOf(pod, container))
    .filter(({ name }) => /^docker(?:-compose)?$/.test(name))
    .map(dockerVerb);
  const use =
    VERBS.find(({ pattern }) => verbs.some((verb) => pattern.test(verb))) ??
    IMAGES.find(({ pattern }) => images.some((image) => pattern.test(image.toLowerCase())));
  return use?.fix ?? GENERAL;
}
