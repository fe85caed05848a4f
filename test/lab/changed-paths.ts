import { isDeepStrictEqual } from 'node:util';
import type { Fingerprint } from './fingerprint.js';

/** Files, links and folders that came, went or changed between two fingerprints. */
export function changedPaths(before: Fingerprint, after: Fingerprint): string[] {
  const paths = new Set([...Object.keys(before.files), ...Object.keys(after.files)]);
  return [...paths].filter((path) => !isDeepStrictEqual(before.files[path], after.files[path])).sort();
}
