import { isDockerSocket } from '../../manifests/host-path.js';
import type { ContainerView, PodView } from '../../manifests/views.js';
import { dockerCommandsOf } from './docker-commands-of.js';
import { hostPathIn, type InContainer } from './host-path-in.js';
import { isDockerClient } from './is-docker-client.js';

const DEFAULT_SOCKET = '/var/run/docker.sock';
const HOST_OPTION = /^(?:-H|--host(?:=|$)|--context(?:=|$))/;

/** A Docker client that was told no daemon, in a container where the socket of its default is the node's. */
export function defaultSocketUse(pod: PodView, container: ContainerView): InContainer | undefined {
  if (pod.hasOwnDocker || container.env.some(({ name }) => name === 'DOCKER_HOST')) return undefined;
  const found = hostPathIn(pod, container, DEFAULT_SOCKET);
  if (found === undefined || !isDockerSocket(found.hostPath)) return undefined;
  return isDockerClient(container.image) || runsDocker(pod, container) ? found : undefined;
}

function runsDocker(pod: PodView, container: ContainerView): boolean {
  return dockerCommandsOf(pod, container).some(
    ({ name, words, onHost }) =>
      /^docker(?:-compose)?$/.test(name) && !onHost && !words.some((word) => HOST_OPTION.test(word)),
  );
}
