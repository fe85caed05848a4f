import type { PodView } from '../../manifests/views.js';
import { hasUnknownSubPath } from './has-unknown-sub-path.js';
import { reachesOf, type Reach } from './reach.js';

/**
 * Directories above something of Docker's, mounted whole. A volume that is used with subPaths only gives nothing of itself, nor
 * does one that no container of a whole pod mounts.
 */
export function parentReaches(pod: PodView, is: (path: string) => boolean): Reach[] {
  return reachesOf(pod, is).flatMap((reach) => {
    if (reach.bySubPath) return [reach];
    const mounts = reach.mounts.filter((mount) => mount.subPath === undefined && !hasUnknownSubPath(mount));
    const unused = mounts.length === 0 && (pod.complete || reach.mounts.length > 0);
    // `/` with the subPath `var/run` is such a directory again.
    const deeper = reach.mounts
      .filter(({ subPath, hostPath }) => subPath !== undefined && is(hostPath))
      .map((mount) => ({ ...reach, path: mount.hostPath, type: '', bySubPath: true, mounts: [mount], at: mount.path }));
    return unused ? deeper : [{ ...reach, mounts }, ...deeper];
  });
}
