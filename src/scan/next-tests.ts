import type { NextName } from '../rules/rule.js';

const FIRST_FREE_PORT = 1024;

/** Between a key and its number: quotes, escaped or not, a colon or an equals sign, blanks. */
const BETWEEN = new Set(Array.from('"\'\\:= \t', (character) => character.charCodeAt(0)));

const REGISTRY = Buffer.from('.io/');

/** What may stand behind a word, from an offset of a text. */
export const NEXT_TESTS: Readonly<Record<NextName, (bytes: Uint8Array, offset: number) => boolean>> = {
  /** False where a number follows that no process needs a privilege for; true also for what is no number. */
  'low-port'(bytes, offset) {
    let at = offset;
    while (BETWEEN.has(bytes[at] ?? 0)) at += 1;
    let port = 0;
    const first = at;
    for (let digit = (bytes[at] ?? 0) - 48; digit >= 0 && digit <= 9 && at - first < 6; digit = (bytes[at] ?? 0) - 48) {
      port = 10 * port + digit;
      at += 1;
    }
    return at === first || port < FIRST_FREE_PORT;
  },

  'no-registry': (bytes, offset) => REGISTRY.some((byte, index) => bytes[offset + index] !== byte),
};
