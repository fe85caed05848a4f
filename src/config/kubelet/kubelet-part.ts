import type { ConfigPart } from '../../core/conversion.js';
import type { FileFacts, KubeletFacts, UnitFacts } from '../../core/inventory.js';
import type { RuntimeIntent, RuntimeTarget } from '../runtime-intent.js';
import { parseVersion } from '../version.js';
import { kubeletAnswers } from './kubelet-answers.js';
import { kubeletConfigEdits } from './kubelet-config-edits.js';
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
  const notices = [...flags.notices, ...config.notices];
  const dockershim = kubelet.runtime.kind === 'dockershim';
  const context = { kubelet: version, target, endpoint, dockershim };
  return {
    files: notices.some(({ gate, level }) => gate !== 'kubelet-unit' && level !== 'warning')
      ? []
      : [...flags.files, ...config.files],
    notices,
    settings: kubeletAnswers({ kubelet, files, unit, configFiles: config.sources, context }),
  };
}
