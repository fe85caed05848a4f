import type { WordFinder } from './word-finder.js';

/** `\u0064ocker` and a backslash at the end of a line hide a word from a search for it. */
export const ESCAPED = /\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|\r?\n)/i;

const BACKSLASH = 0x5c;

/** Whether there can be anything for a rule in a file: a word, or what may hide one, such as UTF-16. */
export function mayHold(bytes: Uint8Array, words: WordFinder): boolean {
  if (words.inBytes(bytes) || bytes[0] === 0xff || bytes[0] === 0xfe || bytes[0] === 0 || bytes[1] === 0) return true;
  return (
    bytes.includes(BACKSLASH) &&
    ESCAPED.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'))
  );
}
