import type { KubeletFacts } from '../../core/inventory.js';
import { parseVersion } from '../version.js';

/** What kubeadm of each minor names, which is what dockershim of the same minor has as its own default. */
const KUBEADM_DEFAULTS: readonly (readonly [fromMinor: number, image: string])[] = [
  [34, 'registry.k8s.io/pause:3.10.1'],
  [31, 'registry.k8s.io/pause:3.10'],
  [26, 'registry.k8s.io/pause:3.9'],
  [25, 'registry.k8s.io/pause:3.8'],
  [24, 'k8s.gcr.io/pause:3.7'],
  [23, 'k8s.gcr.io/pause:3.6'],
  [22, 'k8s.gcr.io/pause:3.5'],
  [21, 'k8s.gcr.io/pause:3.4.1'],
  [18, 'k8s.gcr.io/pause:3.2'],
  [0, 'k8s.gcr.io/pause:3.1'],
];

/** The sandbox image the node uses now; undefined when neither a flag nor the kubelet's version tells. */
export function sandboxImage({ flags, version }: Pick<KubeletFacts, 'flags' | 'version'>): string | undefined {
  const flag = flags['pod-infra-container-image'];
  if (flag !== undefined && flag !== '') return flag;
  const kubelet = parseVersion(version);
  if (kubelet?.major !== 1) return undefined;
  return KUBEADM_DEFAULTS.find(([fromMinor]) => kubelet.minor >= fromMinor)?.[1];
}
