import { parseVersion } from '../../config/version.js';
import type { NodeInventory } from '../../core/inventory.js';

export type NodeRuntime =
  { readonly kind: 'dockershim' | 'cri-dockerd' | 'another' } | { readonly kind: 'unknown'; readonly why: string };

/** How a node runs its pods: by what its kubelet uses, or, where that is not known, by what the API server says of it. */
export function nodeRuntime({ kubelet, node }: Pick<NodeInventory, 'kubelet' | 'node'>): NodeRuntime {
  if (kubelet.known) {
    const { kind } = kubelet.value.runtime;
    return { kind: kind === 'dockershim' || kind === 'cri-dockerd' ? kind : 'another' };
  }
  if (!node.known) return { kind: 'unknown', why: kubelet.why };
  return runtimeOf(node.value.runtimeVersion, node.value.kubeletVersion);
}

/** @param runtimeVersion `docker://20.10.24` as a Node's status has it */
export function runtimeOf(runtimeVersion: string, kubeletVersion: string): NodeRuntime {
  if (!runtimeVersion.startsWith('docker://')) return { kind: 'another' };
  const version = parseVersion(kubeletVersion);
  if (version === undefined) return { kind: 'unknown', why: `the kubelet's version reads "${kubeletVersion}"` };
  return { kind: version.minor >= 24 ? 'cri-dockerd' : 'dockershim' };
}
