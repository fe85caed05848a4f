/** Walks over the text of an HCL file. */
export interface HclCursor {
  readonly text: string;
  at: number;
}

/** Past blanks and comments; past line ends, too, where they mean nothing. */
export function skipHclBlank(cursor: HclCursor, lineEnds: boolean): void {
  const { text } = cursor;
  for (;;) {
    const character = text[cursor.at];
    if (character === ' ' || character === '\t') cursor.at++;
    else if (character === '\n' || character === '\r') {
      if (!lineEnds) return;
      cursor.at++;
    } else if (character === '#' || (character === '/' && text[cursor.at + 1] === '/')) {
      const end = text.indexOf('\n', cursor.at);
      cursor.at = end === -1 ? text.length : end;
    } else if (character === '/' && text[cursor.at + 1] === '*') {
      const end = text.indexOf('*/', cursor.at + 2);
      cursor.at = end === -1 ? text.length : end + 2;
    } else return;
  }
}

/** Past a quoted string; its interpolations may hold quotes of their own. */
export function skipHclString(cursor: HclCursor): void {
  const { text } = cursor;
  let depth = 0;
  for (cursor.at++; cursor.at < text.length; cursor.at++) {
    const character = text[cursor.at];
    if (character === '\\') cursor.at++;
    else if (depth > 0 && character === '"') {
      skipHclString(cursor);
      cursor.at--;
    } else if (
      (character === '$' || character === '%') &&
      text[cursor.at + 1] === '{' &&
      text[cursor.at - 1] !== character
    ) {
      depth++;
      cursor.at++;
    } else if (depth > 0 && character === '{') depth++;
    else if (depth > 0 && character === '}') depth--;
    else if (character === '"' || (character === '\n' && depth === 0)) break;
  }
  if (text[cursor.at] === '"') cursor.at++;
}

export const HCL_NAME = /[A-Za-z_][\w-]*/y;

/** A name at the cursor, which it moves over; empty when there is none. */
export function readHclName(cursor: HclCursor): string {
  HCL_NAME.lastIndex = cursor.at;
  const name = HCL_NAME.exec(cursor.text)?.[0] ?? '';
  cursor.at += name.length;
  return name;
}
