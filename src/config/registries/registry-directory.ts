import type { FileFacts } from '../../core/inventory.js';

export interface RegistryDirectory {
  /** `/etc/containerd/certs.d/registry.lab:5000`. */
  readonly path: string;
  /** A `_default` that counted for the registry until now and does not any more. */
  readonly hides: string | undefined;
}

const DOCKERS = '/etc/docker/certs.d';

/**
 * Where containerd is to find what is said of a registry: the directory that it uses now, else a new one under the first
 * root. It takes the first directory there is, root by root, in each `HOST_PORT_`, `HOST:PORT`, `_default`.
 */
export function registryDirectory(
  host: string,
  roots: readonly string[],
  files: Readonly<Record<string, FileFacts>>,
): RegistryDirectory {
  const first = roots[0] ?? '';
  const isThere = (directory: string): boolean =>
    Object.keys(files).some((path) => files[path]?.exists === true && path.startsWith(`${directory}/`));
  for (const root of roots) {
    // Docker's own directory is left to Docker, unless containerd has no other.
    if (root === DOCKERS && roots.length > 1) continue;
    const own = directoryNames(host).find((name) => isThere(`${root}/${name}`));
    if (own !== undefined) return { path: `${root}/${own}`, hides: undefined };
    const standard = `${root}/_default`;
    if (host !== '_default' && isThere(standard)) return { path: `${first}/${host}`, hides: standard };
  }
  return { path: `${first}/${host}`, hides: undefined };
}

function directoryNames(host: string): readonly string[] {
  const port = /^(.*):(\d+)$/.exec(host);
  return port === null ? [host] : [`${port[1] ?? ''}_${port[2] ?? ''}_`, host];
}
