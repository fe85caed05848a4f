import type { ContainerView } from './views.js';

/** What stands under a key of something like a pod: volumes, mounts, containers of a role; or the mapping is a volume. */
export type PodKey = 'volumes' | 'mounts' | 'hostPath' | ContainerView['role'];

/** `script` is Argo's container with its source; Terraform's provider has singular keys in snake case. */
const KEYS: ReadonlyMap<string, PodKey> = new Map<string, PodKey>([
  ['volumes', 'volumes'],
  ['volume', 'volumes'],
  ['hostPathMounts', 'volumes'],
  ['extraHostPathMounts', 'volumes'],
  ['hostPath', 'hostPath'],
  ['host_path', 'hostPath'],
  ['hostPathVolume', 'hostPath'],
  ['volumeMounts', 'mounts'],
  ['volume_mount', 'mounts'],
  ['volume_mounts', 'mounts'],
  ['containers', 'container'],
  ['container', 'container'],
  ['script', 'container'],
  ['initContainers', 'init'],
  ['init_container', 'init'],
  ['ephemeralContainers', 'ephemeral'],
  ['steps', 'step'],
  ['sidecars', 'sidecar'],
  ['sidecar', 'sidecar'],
]);

/** Charts and operators put words of their own before Kubernetes' names: `extraVolumes`, `customInitContainers`. */
export function podKey(key: string): PodKey | undefined {
  const known = KEYS.get(key);
  if (known !== undefined || key.length < 9) return known;
  const last = key.charCodeAt(key.length - 1);
  if (last !== S && last !== R) return undefined;
  if (key.endsWith('olumes') || key.endsWith('ostPathMounts')) return 'volumes';
  if (key.endsWith('olumeMounts')) return 'mounts';
  if (!key.endsWith('ontainers') && !key.endsWith('ontainer')) return undefined;
  const words = key.toLowerCase();
  if (words.includes('init')) return 'init';
  return words.includes('sidecar') ? 'sidecar' : 'container';
}

const S = 115;
const R = 114;
