import type { KubeletRuntime } from '../core/inventory.js';

/** Whose socket it is, by its name; k3s, k0s and MicroK8s keep containerd's under directories of their own. */
export function runtimeKind(endpoint: string): Exclude<KubeletRuntime['kind'], 'dockershim'> {
  if (/cri-docker/.test(endpoint)) return 'cri-dockerd';
  if (/containerd/.test(endpoint)) return 'containerd';
  if (/crio|cri-o/.test(endpoint)) return 'cri-o';
  return 'other';
}
