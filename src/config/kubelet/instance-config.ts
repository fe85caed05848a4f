import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts, KubeletFacts } from '../../core/inventory.js';
import type { Parsed } from '../text/parsed.js';
import { editYaml } from '../text/yaml-edit.js';
import type { Version } from '../version.js';
import { KUBEADM_FLAGS } from './kubeadm-flags-file.js';
import { isWholeFile } from '../whole-file.js';

export const INSTANCE_CONFIG = '/var/lib/kubelet/instance-config.yaml';

export interface InstanceConfigInput {
  readonly kubelet: KubeletFacts;
  readonly version: Version;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly endpoint: string;
  readonly endpointInConfig: boolean;
}

type Outcome = Parsed<readonly GeneratedFile[]> & { readonly path: string };

/**
 * kubeadm's own note of the node's socket (1.32 and later, by default from 1.34 on): the kubelet does not read it, but the
 * next `kubeadm upgrade` writes what it says into the kubelet's configuration. Undefined where the node has none to have.
 */
export function instanceConfig(input: InstanceConfigInput): Outcome | undefined {
  const { kubelet, version, files, endpoint, endpointInConfig } = input;
  const path = INSTANCE_CONFIG;
  const file = files[path];
  const write = (content: string, mode: number): Outcome => {
    const why =
      "kubeadm's note of the runtime's endpoint, which its next upgrade puts into the kubelet's configuration";
    return { ok: true, path, value: [{ group: 'kubelet', path, mode, content, why }] };
  };
  if (file?.exists !== true) {
    const byKubeadm = kubelet.environmentFiles.some((one) => one.path === KUBEADM_FLAGS);
    if (version.minor < 34 || !byKubeadm || !endpointInConfig) return undefined;
    const lines = ['apiVersion: kubelet.config.k8s.io/v1beta1', 'kind: KubeletConfiguration'];
    return write(`${[...lines, `containerRuntimeEndpoint: ${endpoint}`].join('\n')}\n`, 0o644);
  }
  if (!isWholeFile(file)) return { ok: false, path, line: 1, reason: 'it is no text, or too long' };
  const text = editYaml(file.content, { containerRuntimeEndpoint: endpoint, imageServiceEndpoint: undefined });
  if (!text.ok) return { ...text, path };
  return text.value === file.content ? undefined : write(text.value, file.mode);
}
