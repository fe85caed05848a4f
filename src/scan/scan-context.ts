import type { Rule, Scene } from '../rules/rule.js';
import { rulesFor } from './rules-for.js';
import { searchedWords } from './searched-words.js';
import { wordFinder, type WordFinder } from './word-finder.js';

/** What holds for a whole scan. */
export interface ScanContext {
  readonly rules: readonly Rule[];
  readonly scene: Scene;
  /** Of all rules; what holds none of their words is not parsed. */
  readonly words: WordFinder;
  /** Those that can find something in a text. */
  readonly rulesFor: (text: string) => readonly Rule[];
}

/** In base64 no word can be seen: where there is a Secret, or what "docker" comes to at each of the three alignments. */
const HIDDEN = [
  'zg9ja2vy',
  'rvy2tlc',
  'kb2nrzx',
  'kind: secret',
  'kind: "secret"',
  "kind: 'secret'",
  '"kind":"secret"',
  '"kind": "secret"',
];

export function scanContext(rules: readonly Rule[], scene: Scene): ScanContext {
  const words = wordFinder(searchedWords([...rules.flatMap((rule) => rule.words), ...HIDDEN]));
  const hidden = wordFinder(HIDDEN);
  let choose: ((text: string) => readonly Rule[]) | undefined;
  return {
    rules,
    scene,
    words,
    rulesFor: (text) => (hidden.inText(text) ? rules : (choose ??= rulesFor(rules))(text)),
  };
}
