import type { RuntimeTarget } from '../runtime-intent.js';
import { NEW_PLACES } from '../settings/new-places.js';

/** Where a runtime is told of a registry, `*` for several of them. containerd 1.4 knows no hosts.toml. */
export function registryPlace({ kind, version }: RuntimeTarget, host: string): string {
  if (kind === 'crio') return NEW_PLACES.registries;
  return version.major === 1 && version.minor < 5
    ? `${NEW_PLACES.containerd} registry`
    : `${NEW_PLACES.certs}/${host}/hosts.toml`;
}
