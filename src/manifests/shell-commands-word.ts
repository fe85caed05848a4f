import {
  BACKSLASH,
  BACKTICK,
  DOLLAR,
  DOUBLE,
  isLowerCaseLetter,
  isOperator,
  isSpace,
  OPEN,
  SINGLE,
} from './shell-commands-characters.js';
import { mayNest, skipBlank, skipLine, type ListEnd, type ShellCursor } from './shell-commands-cursor.js';
import { backtick, dollar, doubleQuoted } from './shell-commands-expansion.js';

export interface ShellWord {
  /** Without quotes and backslashes; what is substituted stays as it is written. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Some of it was quoted, so that it is no keyword and no assignment. */
  readonly quoted: boolean;
}

/** Reads the word at the cursor, at least one character. */
export function readWord(cursor: ShellCursor, close: ListEnd): ShellWord {
  const { text } = cursor;
  const start = cursor.at;
  let value = '';
  /** Where that begins which is not yet in the value. */
  let run = start;
  let quoted = false;
  while (cursor.at < cursor.end) {
    const { at } = cursor;
    const char = text.charCodeAt(at);
    if (isLowerCaseLetter(char)) {
      cursor.at += 1;
      continue;
    }
    if (isSpace(char)) break;
    if (char === BACKSLASH || char === SINGLE || char === DOUBLE) {
      value += text.slice(run, at);
      quoted = true;
      if (char === BACKSLASH) run = escaped(cursor);
      else {
        value += char === SINGLE ? singleQuoted(cursor) : quotedFrom(cursor);
        run = cursor.at;
      }
    } else if (char === DOLLAR) dollar(cursor);
    else if (char === BACKTICK) {
      if (close === '`') break;
      backtick(cursor);
    } else if (char === OPEN && at > start && text[at - 1] === '=' && mayNest(cursor)) arrayValues(cursor);
    else if (isOperator(text[at])) break;
    else cursor.at += 1;
  }
  cursor.at = Math.min(cursor.at, cursor.end);
  if (cursor.at > run) value += text.slice(run, cursor.at);
  // Nothing was taken: a character that belongs to nobody.
  if (cursor.at === start) cursor.at += 1;
  return { value, start, end: cursor.at, quoted };
}

/** Past a backslash and what it escapes; gives where the value goes on, behind a line's end that it takes away. */
function escaped(cursor: ShellCursor): number {
  const { text, at } = cursor;
  const lineEnd = text[at + 1] === '\n' ? 2 : text.startsWith('\r\n', at + 1) ? 3 : 0;
  cursor.at += lineEnd > 0 ? lineEnd : 2;
  return lineEnd > 0 ? cursor.at : at + 1;
}

function singleQuoted(cursor: ShellCursor): string {
  const { text, at, end } = cursor;
  const stop = text.indexOf("'", at + 1);
  const ends = stop === -1 || stop >= end ? end : stop;
  cursor.at = Math.min(ends + 1, end);
  return text.slice(at + 1, ends);
}

function quotedFrom(cursor: ShellCursor): string {
  cursor.at += 1;
  return doubleQuoted(cursor, '"');
}

/** `NAME=(…)`, past its end. */
function arrayValues(cursor: ShellCursor): void {
  cursor.at += 1;
  cursor.depth += 1;
  while (cursor.at < cursor.end) {
    skipBlank(cursor);
    const char = cursor.text[cursor.at];
    if (char === ')') {
      cursor.at += 1;
      break;
    }
    if (char === '#') skipLine(cursor);
    else if (isOperator(char) || char === '\n') cursor.at += 1;
    else if (cursor.at < cursor.end) readWord(cursor, '');
  }
  cursor.depth -= 1;
}
