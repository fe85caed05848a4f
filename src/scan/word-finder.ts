import type { Word, Words } from '../rules/rule.js';
import { listedWords } from './listed-words.js';
import { textEncoder } from './text-encoder.js';
import { commonness, nextIs, textOf, wordSearch } from './word-search.js';

export interface WordFinder {
  /** Whether a text in ASCII, Latin-1 or UTF-8 holds what is wanted. */
  inBytes(bytes: Uint8Array): boolean;
  inText(text: string): boolean;
}

/** Tells texts that hold any of what is wanted from those that hold none. */
export function wordFinder(choice: Words): WordFinder {
  const alternatives = withoutImplied(choice.map(listedWords));
  // Of words that have to stand together the rarest is looked for, and the others only where it is.
  const keys = new Map<string, { readonly word: Word; readonly others: (readonly Word[])[] }>();
  for (const one of alternatives) {
    const word = one.length === 1 ? (one[0] ?? '') : rarestOf(one);
    const entry = keys.get(keyOf(word)) ?? { word, others: [] };
    keys.set(keyOf(word), entry);
    entry.others.push(one.filter((other) => other !== word));
  }
  const entries = [...keys.values()];
  const search = wordSearch(entries.map(({ word }) => word));
  const inBytes = (bytes: Uint8Array): boolean =>
    search(bytes, (key) => entries[key]?.others.some((others) => others.every((word) => holds(bytes, word))) === true);
  const encode = textEncoder();
  return { inBytes, inText: (text) => inBytes(encode(text)) };
}

const rarestOf = (words: readonly Word[]): Word =>
  words.reduce((best, other) => (commonness(textOf(other)) < commonness(textOf(best)) ? other : best));

function holds(bytes: Uint8Array, word: Word): boolean {
  const lower = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1').toLowerCase();
  const wanted = textOf(word);
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + 1)) {
    if (typeof word === 'string' || nextIs(word.next, bytes, at + wanted.length)) return true;
  }
  return false;
}

/** Whoever looks for `docker` need not look for `docker.service`. */
function withoutImplied(alternatives: readonly (readonly Word[])[]): readonly (readonly Word[])[] {
  const singles = new Map(
    alternatives.flatMap((one) => (one.length === 1 ? one.map((word): [string, Word] => [keyOf(word), word]) : [])),
  );
  return alternatives.filter((one) => {
    const own = one.length === 1 ? keyOf(one[0] ?? '') : undefined;
    return !one.some((word) => [...singles].some(([key, other]) => key !== own && implies(word, other)));
  });
}

/** Wherever the one word stands, the other does. */
function implies(word: Word, other: Word): boolean {
  const text = textOf(word);
  const at = text.indexOf(textOf(other));
  if (at === -1) return false;
  if (typeof other === 'string') return true;
  return typeof other.next === 'string' && nextIs(other.next, Buffer.from(text), at + other.word.length);
}

const keyOf = (word: Word): string =>
  (typeof word === 'string' ? word : `${word.word} ${String(word.next)}`).toLowerCase();
