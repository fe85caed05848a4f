import { isDockerSocket } from '../../manifests/host-path.js';
import type { ContainerView, PodView } from '../../manifests/views.js';
import { hostPathIn, type InContainer } from './host-path-in.js';
import { isDockerClient } from './is-docker-client.js';
import { settingsOf } from './settings-of.js';

const DEFAULT_SOCKET = '/var/run/docker.sock';
const RUNS_DOCKER = /(?:^|[\s;&|(`/"'])docker(?:-compose)?\s+[a-z-]/;

/** A Docker client that was told no daemon, in a container where the socket of its default is the node's. */
export function defaultSocketUse(pod: PodView, container: ContainerView): InContainer | undefined {
  if (pod.hasOwnDocker || container.env.some(({ name }) => name === 'DOCKER_HOST')) return undefined;
  const found = hostPathIn(pod, container, DEFAULT_SOCKET);
  if (found === undefined || !isDockerSocket(found.hostPath)) return undefined;
  return isDockerClient(container.image) || runsDocker(container) ? found : undefined;
}

function runsDocker(container: ContainerView): boolean {
  const settings = settingsOf(container).filter(({ called }) => !called.startsWith('env'));
  return RUNS_DOCKER.test(settings.map(({ text }) => text).join(' '));
}
