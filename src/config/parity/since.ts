import { compareVersions, parseVersion } from '../version.js';

/** Whether a version is this one or later; one that is not known counts as the newest. */
export function since(version: string | undefined, first: string): boolean {
  const ours = version === undefined ? undefined : parseVersion(version);
  const wanted = parseVersion(first);
  return ours === undefined || wanted === undefined || compareVersions(ours, wanted) >= 0;
}
