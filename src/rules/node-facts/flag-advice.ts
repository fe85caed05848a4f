import { listed } from './listed.js';
import type { RuntimeNames } from './target-runtime.js';

/** What is to be said to the runtime instead; flags that are missing here just go. */
const INSTEAD: Readonly<Record<string, string>> = {
  'cni-bin-dir': 'the directory of CNI plugins (bin_dir for containerd, plugin_dirs for CRI-O)',
  'cni-conf-dir': 'the directory of CNI networks (conf_dir for containerd, network_dir for CRI-O)',
  'image-pull-progress-deadline':
    'the time a pull may stand still (image_pull_progress_timeout for containerd from 1.7 on)',
  'network-plugin-mtu': "the MTU, in the network's own CNI configuration",
  'pod-infra-container-image': 'the sandbox image (sandbox_image for containerd, pause_image for CRI-O)',
};

/** What to do about flags of the kubelet that dockershim takes with it. */
export function flagAdvice(
  names: readonly string[],
  { name: runtime, endpoint }: RuntimeNames,
  kubenet: boolean,
): string {
  const instead = [...new Set(names)].flatMap((name) => INSTEAD[name] ?? []);
  const parts = [
    `Remove ${listed([...new Set(names)].map((name) => `--${name}`))}`,
    ...(instead.length === 0 ? [] : [`tell ${runtime} where it differs from the default: ${listed(instead)}`]),
    ...(kubenet ? ['bring a CNI network to the cluster first, since no other runtime has kubenet'] : []),
    ...(names.includes('container-runtime') ? [`set --container-runtime-endpoint=${endpoint}`] : []),
  ];
  return `${parts.join('; ')}.`;
}
