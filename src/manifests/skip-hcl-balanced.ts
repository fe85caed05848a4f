import { skipHclBlank, skipHclString, type HclCursor } from './hcl-cursor.js';
import { readHclString } from './read-hcl-string.js';

/** Up to a character outside of brackets and strings, or to a bracket that closes none of them. */
export function skipHclBalanced(cursor: HclCursor, stop: (character: string) => boolean): void {
  const { text } = cursor;
  for (let depth = 0; cursor.at < text.length;) {
    const character = text[cursor.at] ?? '';
    if (depth === 0 && stop(character)) return;
    const before = cursor.at;
    if (character === '"') skipHclString(cursor);
    else if (character === '<' && text[before + 1] === '<' && readHclString(cursor) !== undefined) continue;
    else if (character === '#' || (character === '/' && /[/*]/.test(text[before + 1] ?? '')))
      skipHclBlank(cursor, false);
    else cursor.at++;
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth < 0) {
      cursor.at = before;
      return;
    }
  }
}
