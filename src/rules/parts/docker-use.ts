import type { PodView } from '../../manifests/views.js';
import { adviceFor } from '../agents/advice-for.js';
import { settingsOf } from './settings-of.js';

interface Use {
  readonly pattern: RegExp;
  readonly fix: string;
}

const PULL_SECRET = 'Give it the credentials of the registry as a Secret.';

/** What is done with Docker, by the commands that a pod runs; the first that fits tells most. */
const COMMANDS: readonly Use[] = [
  {
    pattern:
      /\b(?:docker|docker-compose|buildx)\s+(?:-\S+\s+)*(?:(?:image|buildx)\s+)?(?:build|bake|push|tag|commit|login)\b|\bpack\s+build\b/,
    fix: `Build and push the image without a Docker daemon: BuildKit (rootless), Buildah or Kaniko in the pod, or Jib or ko for Java and Go. Where the Docker CLI has to stay, add a docker:dind sidecar and point DOCKER_HOST to it. ${PULL_SECRET}`,
  },
  {
    pattern: /\bdocker(?:-compose|\s+compose|\s+stack|\s+swarm)\b/,
    fix: 'Run the services of the compose file as pods of their own (kompose converts it), or as sidecars of this pod; in tests a docker:dind sidecar does.',
  },
  {
    pattern: /\bdocker\s+(?:(?:system|image|container|volume|builder)\s+prune|rmi|rm|image\s+rm)\b|\bdocker-gc\b/,
    fix: 'Remove the workload: the kubelet deletes unused images and dead containers itself (imageGCHighThresholdPercent). By hand it is crictl rmi --prune.',
  },
  {
    pattern: /\bdocker\s+(?:image\s+)?(?:pull|load|import|save)\b/,
    fix: 'Pull images by a DaemonSet that has them as init containers, or on the node with crictl pull; archives go in with ctr -n k8s.io images import.',
  },
  {
    pattern: /\bdocker\s+(?:container\s+)?(?:ps|inspect|logs|exec|top|events|cp|kill|restart|stop|wait)\b/,
    fix: 'Ask the Kubernetes API instead: list pods by field selector spec.nodeName, and use its exec and log subresources. On the node itself crictl ps, inspect, logs and exec read the CRI socket.',
  },
  {
    pattern: /\bdocker\s+(?:stats|info|system\s+df)\b/,
    fix: "Read the kubelet's /metrics/cadvisor and /stats/summary, or crictl stats and crictl info on the node.",
  },
  {
    pattern: /\bdocker\s+(?:container\s+)?(?:run|create|start)\b/,
    fix: 'Create a Job or a Pod through the Kubernetes API instead of a container beside Kubernetes; where it has to be Docker, add a docker:dind sidecar and point DOCKER_HOST to it.',
  },
];

const IMAGES: readonly Use[] = [
  {
    pattern:
      /(?:^|[/_-])(?:jenkins|jnlp|inbound-agent|gitlab-runner|actions-runner|drone|woodpecker|buildkite|teamcity|bamboo|circleci|concourse|gocd|azp-agent|vsts-agent|ci|cicd|builder|build)(?:[/_:@-]|$)/,
    fix: 'For jobs that build images use BuildKit (rootless), Buildah or Kaniko, or give the job a docker:dind sidecar of its own and point DOCKER_HOST to it.',
  },
  {
    pattern: /(?:metrics|monitor|exporter|telegraf|collector|statsd|cadvisor)/,
    fix: "Take the metrics of containers from the kubelet's /metrics/cadvisor, and let the collector use its kubelet, Kubernetes or containerd input instead of the Docker one.",
  },
];

const GENERAL =
  'Find out what it asks Docker for. Lists, logs and exec come from the Kubernetes API or, on the node, from crictl; metrics from the kubelet; ' +
  'images are built with BuildKit, Buildah or Kaniko, or by a docker:dind sidecar. Agents need a version that speaks to the CRI socket.';

/** What to do for this very workload that uses Docker on its node: by its product, by what it runs, by its image. */
export function fixForDockerUse(pod: PodView): string {
  const images = pod.containers.map(({ image }) => image);
  const product = adviceFor(images);
  if (product !== undefined) return product;
  const script = pod.containers
    .flatMap((one) => settingsOf(one))
    .filter(({ called }) => !called.startsWith('env'))
    .map(({ text }) => text)
    .join(' ');
  const command = COMMANDS.find(({ pattern }) => pattern.test(script));
  if (command !== undefined) return command.fix;
  return IMAGES.find(({ pattern }) => images.some((image) => pattern.test(image.toLowerCase())))?.fix ?? GENERAL;
}
