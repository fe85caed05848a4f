import type { KubeletFacts } from '../../core/inventory.js';
import { parseVersion } from '../version.js';

/** The network that a kubelet's pods are on: only dockershim knew another one than CNI's. Undefined where it is not known. */
export function networkPlugin(kubelet: KubeletFacts | undefined): 'cni' | 'kubenet' | '' | undefined {
  if (kubelet === undefined) return undefined;
  const minor = parseVersion(kubelet.version)?.minor;
  if (kubelet.runtime.kind !== 'dockershim' || (minor !== undefined && minor >= 24)) return 'cni';
  const plugin = kubelet.flags['network-plugin'] ?? '';
  return plugin === 'cni' || plugin === 'kubenet' || plugin === '' ? plugin : undefined;
}

/** What to do where pods are on a network that only dockershim has. */
export const NEEDS_CNI = 'install a CNI network, let the kubelet use it (--network-plugin=cni), and plan again';
