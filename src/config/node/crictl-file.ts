import type { FileFacts } from '../../core/inventory.js';
import { conversionUndecided } from '../conversion-undecided.js';
import type { ConvertedFiles } from '../convert.js';
import { CRICTL_CONFIG, crictlConfig } from './crictl-config.js';
import { isWholeFile, notWhole } from '../whole-file.js';

/** Written at the switch: before it, whoever uses crictl means Docker's containers. */
export function crictlFile(files: Readonly<Record<string, FileFacts>>, endpoint: string): ConvertedFiles {
  const existing = files[CRICTL_CONFIG];
  if (existing === undefined) return { files: [], notices: [conversionUndecided(CRICTL_CONFIG, 'it was not read')] };
  if (existing.exists && !isWholeFile(existing)) {
    return { files: [], notices: [{ gate: 'crictl-config', ...notWhole(CRICTL_CONFIG) }] };
  }
  const text = crictlConfig(existing.exists ? existing.content : undefined, endpoint);
  if (!text.ok) {
    const message = `${CRICTL_CONFIG} cannot be read: line ${text.line}: ${text.reason}`;
    const fix = `mend line ${text.line} and plan again`;
    return { files: [], notices: [{ gate: 'crictl-config', level: 'blocker', message, fix }] };
  }
  const mode = existing.exists ? existing.mode : 0o644;
  const file = {
    group: 'kubelet',
    path: CRICTL_CONFIG,
    mode,
    content: text.value,
    why: 'crictl asks the new runtime',
  } as const;
  return { files: [file], notices: [] };
}
