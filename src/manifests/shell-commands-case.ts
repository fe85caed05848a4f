import { isOperator } from './shell-commands-characters.js';
import { skipBlank, skipLine, type ListEnd, type ShellCursor } from './shell-commands-cursor.js';
import { readWord } from './shell-commands-word.js';

/** From behind `case`, past `WORD in` and the first pattern. */
export function caseHead(cursor: ShellCursor, close: ListEnd): void {
  for (let count = 0; count < 20 && cursor.at < cursor.end; count += 1) {
    skipBlank(cursor);
    const char = cursor.text[cursor.at];
    if (char === '\n' || char === ';') break;
    if (isOperator(char)) cursor.at += 1;
    else if (readWord(cursor, close).value === 'in') {
      cursor.cases += 1;
      casePattern(cursor);
      return;
    }
  }
}

/** Past `PATTERN | PATTERN)`, which are no commands; up to `esac` when that comes instead. */
export function casePattern(cursor: ShellCursor): void {
  const { text } = cursor;
  for (;;) {
    skipBlank(cursor);
    if (text[cursor.at] === '\n') cursor.at += 1;
    else if (text[cursor.at] === '#') skipLine(cursor);
    else break;
  }
  if (/^esac\b/.test(text.slice(cursor.at, cursor.at + 5))) return;
  if (text[cursor.at] === '(') cursor.at += 1;
  while (cursor.at < cursor.end && text[cursor.at] !== '\n') {
    skipBlank(cursor);
    const char = text[cursor.at];
    if (char === ')') {
      cursor.at += 1;
      return;
    }
    if (isOperator(char)) cursor.at += 1;
    else if (cursor.at < cursor.end && char !== '\n') readWord(cursor, '');
  }
}
