import { isDockerSocket } from '../manifests/host-path.js';
import type { ContainerView, PodView } from '../manifests/views.js';
import { daemonOf } from './parts/daemon-of.js';
import { defaultSocketUse } from './parts/default-socket-use.js';
import { dockerStays } from './parts/docker-stays.js';
import { fixForDockerUse } from './parts/fix-for-docker-use.js';
import { isDockerClient } from './parts/is-docker-client.js';
import type { Hit, Rule, Scene } from './rule.js';

export const dockerClientImage: Rule = {
  id: 'docker-client-image',
  title: "Image is a Docker client that uses the node's Docker",
  severity: 'note',
  why:
    "The image holds a Docker client, and its container is led to the node's Docker by the socket or by " +
    'DOCKER_HOST: whatever it runs, it means to use Docker. The same image beside a dockerd of the pod is no ' +
    'dependency on the node.',
  fix: 'Replace the image by one with the tool that does the same without Docker, or add a docker:dind sidecar.',
  links: ['https://hub.docker.com/_/docker', 'https://kubernetes.io/docs/reference/tools/map-crictl-dockercli/'],
  words: ['docker'],

  *pod(pod: PodView, scene: Scene): Iterable<Hit> {
    if (dockerStays(scene)) return;
    for (const container of pod.containers) {
      if (!isDockerClient(container.image) || !usesNode(pod, container)) continue;
      yield {
        at: { path: [...container.path, 'image'] },
        message: `Container ${container.name} runs the Docker client ${container.image} against the node's Docker, and has no daemon to talk to once Docker is gone.`,
        fix: fixForDockerUse(pod),
        container: container.name,
      };
    }
  },
};

function usesNode(pod: PodView, container: ContainerView): boolean {
  if (defaultSocketUse(pod, container) !== undefined) return true;
  if (pod.mounts.some((mount) => mount.container === container && isDockerSocket(mount.hostPath))) return true;
  return container.env.some(
    ({ name, value, fieldPath }) =>
      name === 'DOCKER_HOST' && daemonOf(value ?? `tcp://[${fieldPath ?? ''}]`, pod, container).whose === 'node',
  );
}
