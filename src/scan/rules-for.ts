import type { Rule, Word, Words } from '../rules/rule.js';
import { wordSearch } from './word-search.js';

/** The rules whose words a text holds: no other can find anything in it. */
export function rulesFor(rules: readonly Rule[]): (text: string) => readonly Rule[] {
  const words = [...new Set(rules.flatMap((rule) => rule.words.flatMap(listOf)))];
  const numbers = new Map(words.map((word, index) => [word, index]));
  const search = wordSearch(words);
  const wanted = rules.map((rule) => ({
    rule,
    alternatives: rule.words.map((one) => listOf(one).map((word) => numbers.get(word) ?? -1)),
  }));
  return (text) => {
    const seen = new Uint8Array(words.length);
    search(Buffer.from(text, 'utf8'), (word) => {
      seen[word] = 1;
      return false;
    });
    const all = (list: readonly number[]): boolean => list.every((word) => seen[word] === 1);
    return wanted.filter(({ alternatives }) => alternatives.some(all)).map(({ rule }) => rule);
  };
}

const listOf = (one: Words[number]): readonly Word[] => (typeof one === 'object' && !('word' in one) ? one : [one]);
