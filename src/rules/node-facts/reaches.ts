import { parseVersion } from '../../config/version.js';
import type { Scene } from '../rule.js';

/** dockershim is gone from here on. */
export const WITHOUT_DOCKERSHIM = 24;

/** Whether the Kubernetes to come is 1.`minor` or later. When nobody said, it is the first one without dockershim. */
export function reaches({ kubernetes }: Pick<Scene, 'kubernetes'>, minor: number): boolean {
  const version = kubernetes === undefined ? undefined : parseVersion(kubernetes);
  if (version === undefined) return minor <= WITHOUT_DOCKERSHIM;
  return version.major > 1 || version.minor >= minor;
}
