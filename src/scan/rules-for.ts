import type { Rule } from '../rules/rule.js';
import { listedWords } from './listed-words.js';
import { searchedWords } from './searched-words.js';
import { textEncoder } from './text-encoder.js';
import { wordSearch } from './word-search.js';

/** The rules whose words a text holds: no other can find anything in it. */
export function rulesFor(rules: readonly Rule[]): (text: string) => readonly Rule[] {
  const chosen = rules.map((rule) => ({ rule, words: searchedWords(rule.words) }));
  const words = [...new Set(chosen.flatMap(({ words: choice }) => choice.flatMap(listedWords)))];
  const numbers = new Map(words.map((word, index) => [word, index]));
  const search = wordSearch(words);
  const encode = textEncoder();
  const wanted = chosen.map(({ rule, words: choice }) => ({
    rule,
    alternatives: choice.map((one) => listedWords(one).map((word) => numbers.get(word) ?? -1)),
  }));
  return (text) => {
    const seen = new Uint8Array(words.length);
    search(encode(text), (word) => {
      seen[word] = 1;
      return false;
    });
    const all = (list: readonly number[]): boolean => list.every((word) => seen[word] === 1);
    return wanted.filter(({ alternatives }) => alternatives.some(all)).map(({ rule }) => rule);
  };
}
