import { groupFlags, type GroupedFlag } from '../text/group-flags.js';
import { understood, type Parsed } from '../text/parsed.js';
import { splitWords } from '../text/split-words.js';

export interface FlagToken extends GroupedFlag {
  /** What separates it from the token before it. */
  readonly gap: string;
  /** As written, quotes included; both words of `--k v`. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

export interface FlagText {
  readonly tokens: readonly FlagToken[];
  /** White space after the last token. */
  readonly tail: string;
}

/** Reads the value of a `KUBELET_…_ARGS` variable, or an `ExecStart=`, without losing a byte of it. */
export function parseKubeletFlags(text: string): Parsed<FlagText> {
  const words = splitWords(text);
  if (!words.ok) return words;
  const tokens: FlagToken[] = [];
  let next = 0;
  let end = 0;
  for (const flag of groupFlags(words.value.map(({ value }) => value))) {
    const first = words.value[next];
    const last = words.value[flag.form === 'separate' ? next + 1 : next];
    if (first === undefined || last === undefined) break;
    tokens.push({
      ...flag,
      gap: text.slice(end, first.start),
      raw: text.slice(first.start, last.end),
      start: first.start,
      end: last.end,
    });
    end = last.end;
    next += flag.form === 'separate' ? 2 : 1;
  }
  return understood({ tokens, tail: text.slice(end) });
}

export const serialiseKubeletFlags = ({ tokens, tail }: FlagText): string =>
  tokens.map(({ gap, raw }) => gap + raw).join('') + tail;
