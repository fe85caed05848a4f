import type { Version } from '../version.js';

/** Only dockershim read them; kubelets from 1.24 on (some earlier) do not start with them. */
const DOCKERSHIM_ONLY: ReadonlySet<string> = new Set([
  'network-plugin',
  'network-plugin-mtu',
  'cni-conf-dir',
  'cni-bin-dir',
  'cni-cache-dir',
  'image-pull-progress-deadline',
  'experimental-dockershim',
  'experimental-dockershim-root-directory',
  'redirect-container-streaming',
]);

/** Booleans never take the next word as their value. */
export const BOOLEAN_DOCKERSHIM_FLAGS: ReadonlySet<string> = new Set([
  'experimental-dockershim',
  'redirect-container-streaming',
  'docker-only',
  'docker-tls',
  'docker-disable-shared-pid',
]);

/** Set anew, once, for the new runtime. */
export const RUNTIME_FLAGS: ReadonlySet<string> = new Set([
  'container-runtime',
  'container-runtime-endpoint',
  'image-service-endpoint',
]);

/** Whether a flag has to go when a kubelet leaves Docker; the flags that choose the runtime are not asked about here. */
export function mustGo(name: string, kubelet: Version): boolean {
  // `--docker`, `--docker-endpoint`, and cAdvisor's `--docker-root` and the like.
  if (DOCKERSHIM_ONLY.has(name) || name === 'docker' || name.startsWith('docker-')) return true;
  if (name === 'non-masquerade-cidr') return kubelet.minor >= 24;
  return name === 'pod-infra-container-image' && kubelet.minor >= 35;
}
