import type { Word, Words } from '../rules/rule.js';

/** One choice of a rule's words: those that have to stand together, or the one that is enough. */
export const listedWords = (one: Words[number]): readonly Word[] =>
  typeof one === 'object' && !('word' in one) ? one : [one];
