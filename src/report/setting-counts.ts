import type { Outcome, SettingAnswer } from '../core/conversion.js';
import { counted } from './counted.js';
import { OUTCOMES_BY_WEIGHT } from './outcomes-by-weight.js';

const WORDS: Readonly<Record<Outcome, string>> = {
  refused: 'refused',
  warning: 'with a warning',
  converted: 'converted',
  kubelet: 'to the kubelet',
  systemd: 'to systemd',
  'not-needed': 'not needed',
};

/** `12 settings: 1 refused, 2 with a warning, 9 converted`. */
export function settingCounts(settings: readonly SettingAnswer[]): string {
  const parts = OUTCOMES_BY_WEIGHT.flatMap((outcome) => {
    const count = settings.filter((setting) => setting.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${WORDS[outcome]}`];
  });
  const total = counted(settings.length, 'setting');
  return parts.length === 0 ? total : `${total}: ${parts.join(', ')}`;
}
