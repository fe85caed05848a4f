import { isInside } from '../../manifests/host-path.js';

const DIRECTORIES = [
  '/run/docker/plugins',
  '/etc/docker/plugins',
  '/usr/lib/docker/plugins',
  '/var/lib/docker/plugins',
];

/** Where dockerd looks for plugins of volumes, networks and authorisation, or keeps those that it manages. */
export function isDockerPlugins(path: string): boolean {
  return DIRECTORIES.some((directory) => isInside(path, directory));
}
