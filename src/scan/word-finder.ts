import type { Word, Words } from '../rules/rule.js';
import { wordSearch } from './word-search.js';

export interface WordFinder {
  /** Whether a text in ASCII, Latin-1 or UTF-8 holds what is wanted. */
  inBytes(bytes: Uint8Array): boolean;
  inText(text: string): boolean;
}

/** Tells texts that hold any of what is wanted from those that hold none. */
export function wordFinder(choice: Words): WordFinder {
  const { words, wanted } = withoutImplied(choice.map((one) => (isList(one) ? one : [one])));
  const search = wordSearch(words);
  const inBytes = (bytes: Uint8Array): boolean => {
    const seen = new Set<number>();
    return search(bytes, (word) => {
      seen.add(word);
      return wanted.some((all) => all.every((one) => seen.has(one)));
    });
  };
  return { inBytes, inText: (text) => inBytes(Buffer.from(text, 'utf8')) };
}

/** Whoever looks for `docker` need not look for `docker.service`. */
function withoutImplied(alternatives: readonly (readonly Word[])[]): {
  readonly words: readonly Word[];
  readonly wanted: readonly (readonly number[])[];
} {
  const single = new Set(
    alternatives.flatMap((one) => (one.length === 1 && typeof one[0] === 'string' ? [one[0].toLowerCase()] : [])),
  );
  const implied = (word: Word, by: Iterable<string>, but: string | undefined): boolean =>
    [...by].some((other) => other !== but && textOf(word).includes(other));
  const left = alternatives.filter((one) => {
    const own = one.length === 1 && typeof one[0] === 'string' ? one[0].toLowerCase() : undefined;
    return !one.some((word) => implied(word, single, own));
  });
  const words = [...new Map(left.flat().map((word) => [keyOf(word), word])).values()];
  const keys = words.map(keyOf);
  return { words, wanted: left.map((one) => one.map((word) => keys.indexOf(keyOf(word)))) };
}

const isList = (one: Words[number]): one is readonly Word[] => Array.isArray(one);

const textOf = (word: Word): string => (typeof word === 'string' ? word : word.word).toLowerCase();

const keyOf = (word: Word): string =>
  (typeof word === 'string' ? word : `${word.word} ${word.next.source}`).toLowerCase();
