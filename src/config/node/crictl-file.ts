import type { ConfigPart, SettingAnswer } from '../../core/conversion.js';
import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { parseDocument } from 'yaml';
import { conversionUndecided } from '../conversion-undecided.js';
import { CRICTL_CONFIG, crictlConfig } from './crictl-config.js';
import { isWholeFile, notWhole } from '../whole-file.js';

/** Written at the switch: before it, whoever uses crictl means Docker's containers. */
export function crictlFile(files: Readonly<Record<string, FileFacts>>, endpoint: string): ConfigPart {
  const existing = files[CRICTL_CONFIG];
  if (existing === undefined) return without(conversionUndecided(CRICTL_CONFIG, 'it was not read'));
  if (existing.exists && !isWholeFile(existing)) {
    return without({ gate: 'crictl-config', ...notWhole(CRICTL_CONFIG) });
  }
  const text = crictlConfig(existing.exists ? existing.content : undefined, endpoint);
  if (!text.ok) {
    const message = `${CRICTL_CONFIG} cannot be read: line ${text.line}: ${text.reason}`;
    return without({ gate: 'crictl-config', level: 'blocker', message, fix: `mend line ${text.line} and plan again` });
  }
  const mode = existing.exists ? existing.mode : 0o644;
  const why = 'crictl asks the new runtime';
  return {
    files: [{ group: 'kubelet', path: CRICTL_CONFIG, mode, content: text.value, why }],
    notices: [],
    settings: existing.exists ? answers(existing.content) : [],
  };
}

function answers(content: string): readonly SettingAnswer[] {
  const said = (parseDocument(content).toJS() ?? {}) as Readonly<Record<string, unknown>>;
  return ['runtime-endpoint', 'image-endpoint']
    .filter((key) => key in said)
    .map((key) => ({
      ...{ source: CRICTL_CONFIG, key, value: said[key], outcome: 'converted' },
      target: `${CRICTL_CONFIG} ${key}`,
      note: 'crictl asks the new runtime',
    }));
}

const without = (notice: Notice): ConfigPart => ({ files: [], notices: [notice], settings: [] });
