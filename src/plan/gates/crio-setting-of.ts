import { crioSetting } from '../../config/crio/crio-setting.js';
import type { CrioFacts } from '../../core/inventory.js';

/** A key of CRI-O as it would run with it now; undefined where it does not say, which older versions do of defaults. */
export function crioSettingOf({ effectiveConfig }: CrioFacts, ...path: readonly string[]): unknown {
  const setting = crioSetting(effectiveConfig ?? '', ['crio', ...path]);
  return setting.said === 'nothing' ? undefined : setting.value;
}
