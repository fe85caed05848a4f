import type { ServiceDirective } from '../runtime-intent.js';
import { unitWords } from '../text/unit-words.js';
import { limitAtLeast } from './limit-at-least.js';
import { sinceReset, type PlacedEntry } from './unit-entries.js';

/** What packages start containerd and CRI-O with. */
const USUAL_OOM_SCORE = -999;

export type SaidAlready =
  /** It has no such directive. */
  | { readonly says: 'nothing' }
  | { readonly says: 'same' }
  /** A limit that is no lower, or a standing that is no worse. */
  | { readonly says: 'more'; readonly value: string }
  | { readonly says: 'other'; readonly entry: PlacedEntry };

/** How what a runtime's unit says compares with a directive that it is to have. */
export function saidAlready({ section, key, value }: ServiceDirective, entries: readonly PlacedEntry[]): SaidAlready {
  const there = sinceReset(entries, section, key);
  if (section === 'Unit') {
    const words = new Set(there.flatMap((entry) => unitWords(entry.value)));
    return { says: unitWords(value).every((word) => words.has(word)) ? 'same' : 'nothing' };
  }
  if (key === 'Environment') {
    const name = value.slice(0, value.indexOf('=') + 1);
    const entry = there.findLast((one) => unitWords(one.value).some((word) => word.startsWith(name)));
    if (entry === undefined) return { says: 'nothing' };
    const word = unitWords(entry.value).findLast((one) => one.startsWith(name));
    return word?.replaceAll('%%', '%') === value ? { says: 'same' } : { says: 'other', entry };
  }
  const entry = entries.findLast((one) => one.section === section && one.key === key && one.value !== '');
  if (key === 'OOMScoreAdjust') {
    const score = Number(entry?.value ?? USUAL_OOM_SCORE);
    if (score > Number(value)) return { says: 'nothing' };
    return score === Number(value) ? { says: 'same' } : { says: 'more', value: String(score) };
  }
  if (entry === undefined) return { says: 'nothing' };
  if (entry.value === value) return { says: 'same' };
  if (!/^(?:Limit[A-Z]+|TasksMax)$/.test(key) || !limitAtLeast(entry.value, value)) return { says: 'other', entry };
  return limitAtLeast(value, entry.value) ? { says: 'same' } : { says: 'more', value: entry.value };
}
