import { mustGo } from '../../config/kubelet/dockershim-flags.js';

/**
 * What becomes of a kubelet flag. `removed`: from 1.`minor` on a kubelet does not start with it. `unanswered`: it starts and
 * finds nobody there. `renamed`: it names a cgroup that is gone.
 */
export type FlagFate =
  { readonly kind: 'removed'; readonly minor: number } | { readonly kind: 'unanswered' } | { readonly kind: 'renamed' };

const release = (minor: number) => ({ major: 1, minor, patch: 0, preRelease: undefined });

/**
 * Undefined for a flag that has nothing to do with dockershim. Removals: 1.24 by kubernetes#106907 and #107096,
 * `--container-runtime` 1.27, `--pod-infra-container-image` 1.35.
 * @param name without dashes in front, `-` for `_`
 */
export function flagFate(name: string, value: string): FlagFate | undefined {
  switch (name) {
    case 'container-runtime':
      if (value === 'docker') return { kind: 'removed', minor: 24 };
      return value === 'remote' ? { kind: 'removed', minor: 27 } : undefined;
    case 'container-runtime-endpoint':
    case 'image-service-endpoint':
      return value.includes('dockershim') ? { kind: 'unanswered' } : undefined;
    case 'runtime-cgroups':
      return value.includes('docker') ? { kind: 'renamed' } : undefined;
    default:
      if (mustGo(name, release(24))) return { kind: 'removed', minor: 24 };
      return mustGo(name, release(35)) ? { kind: 'removed', minor: 35 } : undefined;
  }
}
