import type { ConfigPart } from '../core/conversion.js';
import { conversionUndecided } from './conversion-undecided.js';
import { kubeletPart } from './kubelet/kubelet-part.js';
import { crictlFile } from './node/crictl-file.js';
import type { PartInput } from './part-input.js';

const KUBELET_UNIT = 'kubelet.service';

/** The files by which the kubelet and crictl come to use the new runtime. */
export function kubeletFiles({ intent, service, kubelet, files, units }: PartInput): readonly ConfigPart[] {
  if (units === undefined) return [];
  const unit = units[KUBELET_UNIT];
  if (unit === undefined) {
    const notices = [conversionUndecided(KUBELET_UNIT, 'it is not among the units that were looked at')];
    return [{ files: [], notices, settings: [] }];
  }
  const { target, unit: runtimeUnit, endpoint } = service;
  return [
    kubeletPart({ kubelet, files, unit, runtimeUnit, endpoint, fields: intent.kubeletFields, target }),
    crictlFile(files, endpoint),
  ];
}
