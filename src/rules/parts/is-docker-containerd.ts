import { isInside } from '../../manifests/host-path.js';

/** Of the containerd that dockerd starts for itself, whose containers are in the namespace moby. */
export function isDockerContainerd(path: string): boolean {
  return isInside(path, '/run/docker/containerd') || path === '/run/docker/docker-containerd.sock';
}
