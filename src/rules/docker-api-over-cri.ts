import { isDockerSocket, normalHostPath } from '../manifests/host-path.js';
import type { ContainerView, MountView, PodView } from '../manifests/views.js';
import { isDockerClient } from './parts/is-docker-client.js';
import { settingsOf } from './parts/settings-of.js';
import type { Hit, Rule } from './rule.js';

const CRI_SOCKET = /\/(?:containerd|crio|cri-o)\.sock$/;

export const dockerApiOverCri: Rule = {
  id: 'docker-api-over-cri',
  title: "A CRI socket is mounted under the Docker socket's name",
  severity: 'warning',
  why:
    'containerd and CRI-O speak gRPC on their sockets, not the HTTP of the Docker API. A Docker client that ' +
    'finds such a socket as docker.sock gets no answer that it understands; a program that knows the CRI can use ' +
    'it under any name.',
  fix:
    'Mount the socket under its own name and set the option for the CRI socket of the program; a Docker client ' +
    'needs another tool or a docker:dind sidecar.',
  links: ['https://kubernetes.io/docs/concepts/containers/cri/', 'https://docs.docker.com/reference/api/engine/'],
  words: ['docker'],

  *pod(pod: PodView): Iterable<Hit> {
    for (const mount of pod.mounts) {
      if (!CRI_SOCKET.test(mount.hostPath) || !isDockerSocket(normalHostPath(mount.mountPath))) continue;
      const { container } = mount;
      const client = container !== undefined && usesDockerClient(container);
      yield {
        at: { path: mountPathOf(mount) },
        confidence: client ? 'definite' : 'possible',
        severity: client ? 'error' : 'warning',
        message: `${whoIs(container)} finds ${mount.hostPath} of the node at ${mount.mountPath}. ${client ? 'Its Docker client gets no answer there: no runtime but Docker speaks the Docker API.' : 'A Docker client gets no answer there.'}`,
        ...(container === undefined ? {} : { container: container.name }),
      };
    }
  },
};

const mountPathOf = ({ path, subPath }: MountView): MountView['path'] =>
  subPath === undefined ? path : [...path.slice(0, -1), /_/.test(String(path.at(-1))) ? 'mount_path' : 'mountPath'];

const whoIs = (container: ContainerView | undefined): string =>
  container === undefined || container.name === '' ? 'A container' : `Container ${container.name}`;

function usesDockerClient(container: ContainerView): boolean {
  if (isDockerClient(container.image)) return true;
  return settingsOf(container).some(({ text }) =>
    /docker\.sock|\bdocker\s+(?:build|ps|run|exec|logs|pull|push|images?|info|inspect|compose)\b/.test(text),
  );
}
