import type { MountView } from '../../manifests/views.js';

/** A subPathExpr with a variable that only the running pod knows. */
export function hasUnknownSubPath({ subPath, path }: MountView): boolean {
  return subPath === undefined && /^sub_?path/i.test(String(path.at(-1)));
}
