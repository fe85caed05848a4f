import type { ConfigPart } from '../../core/conversion.js';
import type { FileFacts, KubeletFacts, UnitFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import type { RuntimeIntent, RuntimeTarget } from '../runtime-intent.js';
import { parseVersion } from '../version.js';
import { kubeletAnswers } from './kubelet-answers.js';
import { kubeletConfigEdits } from './kubelet-config-edits.js';
import { KUBEADM_FLAGS } from './kubeadm-flags-file.js';
import { NEEDS_CNI, networkPlugin } from './network-plugin.js';
import { kubeletSources } from './kubelet-sources.js';

export interface KubeletPartInput {
  readonly kubelet: KubeletFacts;
  readonly files: Readonly<Record<string, FileFacts>>;
  /** Of kubelet.service. */
  readonly unit: UnitFacts;
  readonly runtimeUnit: string;
  readonly endpoint: string;
  readonly fields: RuntimeIntent['kubeletFields'];
  readonly target: RuntimeTarget;
}

/**
 * How the kubelet comes to use the new runtime: its flags and its configuration, each edited where it is, and what becomes of
 * each of them. All of the files or, where something stands against one, none.
 */
export function kubeletPart(input: KubeletPartInput): ConfigPart {
  const { kubelet, files, unit, endpoint, target } = input;
  const version = parseVersion(kubelet.version);
  // The flags' own reader says so.
  if (version === undefined) {
    const without = { target: target.kind, addedFlags: [], endpointInConfig: false };
    return { ...kubeletSources({ ...input, ...without }), settings: [] };
  }
  const config = kubeletConfigEdits({ ...input, version });
  const { addedFlags, endpointInConfig } = config;
  const flags = kubeletSources({ ...input, target: target.kind, addedFlags, endpointInConfig });
  const dockershim = kubelet.runtime.kind === 'dockershim';
  const context = { kubelet: version, target, endpoint, dockershim };
  const answers = kubeletAnswers({ kubelet, files, unit, configFiles: config.sources, context });
  const notices = [...flags.notices, ...config.notices, ...answers.notices, ...onDockersNetwork(input)];
  return {
    files: notices.some(({ gate, level }) => gate !== 'kubelet-unit' && level !== 'warning')
      ? []
      : [...flags.files, ...config.files],
    notices,
    settings: answers.settings,
  };
}

/** Said by no flag, and so by no line of the table. Where the command line was not seen whole, the flag may be elsewhere. */
function onDockersNetwork({ kubelet, files, unit, target }: KubeletPartInput): Notice[] {
  const isSeen = unit.fragmentPath !== '' || unit.dropInPaths.length > 0 || files[KUBEADM_FLAGS]?.exists === true;
  const isRemote = kubelet.flags['container-runtime'] === 'remote';
  if (target.kind === 'cri-dockerd' || networkPlugin(kubelet) !== '' || isRemote || !isSeen) return [];
  const message =
    "the kubelet has no --network-plugin, so that pods are on Docker's own network, and other runtimes know CNI networks alone";
  return [{ gate: 'kubelet-flags', level: 'blocker', message, fix: NEEDS_CNI }];
}
