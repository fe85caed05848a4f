import { parseEnvFile } from '../text/env-file.js';
import { parseKubeletFlags } from './kubelet-flags.js';

export const KUBEADM_FLAGS = '/var/lib/kubelet/kubeadm-flags.env';

/**
 * The file in the one form that kubeadm's upgrade code reads: one line, in double quotes, every flag as `--k=v`.
 * A file with more in it than kubeadm writes is left as it is.
 */
export function kubeadmFlagsFile(text: string): string {
  const parsed = parseEnvFile(text);
  const [assignment, second] = parsed.ok ? parsed.value : [];
  if (assignment?.name !== 'KUBELET_KUBEADM_ARGS' || second !== undefined) return text;
  const around =
    text.slice(0, assignment.rawStart).replace(/\s*KUBELET_KUBEADM_ARGS\s*=$/, '') + text.slice(assignment.rawEnd);
  if (around.trim() !== '') return text;
  const flags = parseKubeletFlags(assignment.value);
  if (!flags.ok) return text;
  const words = flags.value.tokens.map(({ raw, form }) => (form === 'separate' ? raw.replace(/\s+/, '=') : raw));
  if (!words.every((word) => /^[^\s"'\\`$]+$/.test(word))) return text;
  return `KUBELET_KUBEADM_ARGS="${words.join(' ')}"\n`;
}
