import { BOOLEAN_DOCKERSHIM_FLAGS, mustGo, RUNTIME_FLAGS } from '../kubelet/dockershim-flags.js';

/** A flag with its value, or a word that is none. */
export interface GroupedFlag {
  /** As the kubelet knows it: without leading dashes, `-` for `_`; undefined for a word that is no flag. */
  readonly name: string | undefined;
  /** Undefined where the flag stands alone. */
  readonly value: string | undefined;
  readonly form: 'equals' | 'separate' | 'bare' | 'word';
}

const NEWEST = { major: 1, minor: 999, patch: 0, preRelease: undefined };

/** Which words of a command line belong together: `--k=v`, `--k v`, `--k`, or a word by itself. */
export function groupFlags(words: readonly string[]): readonly GroupedFlag[] {
  const grouped: GroupedFlag[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const match = /^--?([A-Za-z][^=]*)(?:=([^]*))?$/.exec(word);
    if (match === null) {
      grouped.push({ name: undefined, value: undefined, form: 'word' });
      continue;
    }
    const name = (match[1] ?? '').replaceAll('_', '-');
    const next = words[at + 1];
    if (match[2] !== undefined) grouped.push({ name, value: match[2], form: 'equals' });
    else if (next !== undefined && isValueOf(name, next)) {
      grouped.push({ name, value: next, form: 'separate' });
      at += 1;
    } else grouped.push({ name, value: undefined, form: 'bare' });
  }
  return grouped;
}

/** The kubelet takes no arguments but flags, so a word that is no flag belongs to the flag before it. */
function isValueOf(name: string, next: string): boolean {
  if (BOOLEAN_DOCKERSHIM_FLAGS.has(name)) return false;
  // A variable of ExecStart without braces may stand for many words or none.
  if (/^\$[A-Za-z_]/.test(next)) return mustGo(name, NEWEST) || RUNTIME_FLAGS.has(name);
  return !next.startsWith('-') || /^-\d/.test(next);
}
