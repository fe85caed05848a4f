import type { PodView } from '../../manifests/views.js';
import { isMapping } from '../../manifests/mapping.js';

/** A pod that says itself to be for Windows. */
export function isWindowsPod({ spec }: PodView): boolean {
  const os = isMapping(spec.os) ? spec.os.name : undefined;
  const selector = spec.nodeSelector ?? spec.node_selector;
  const label = isMapping(selector) ? (selector['kubernetes.io/os'] ?? selector['beta.kubernetes.io/os']) : undefined;
  return os === 'windows' || label === 'windows';
}
