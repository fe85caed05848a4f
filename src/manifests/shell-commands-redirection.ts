import { isOperator } from './shell-commands-characters.js';
import { mayNest, skipBlank, type ShellCursor } from './shell-commands-cursor.js';
import { doubleQuoted } from './shell-commands-expansion.js';
import { heredocEnd } from './shell-commands-heredoc.js';
import { readWord } from './shell-commands-word.js';

/** Each search for a missing end goes through the rest of the text. */
const MAX_FAILURES = 3;

/** Past `>FILE`, `<(…)` and the like; a heredoc is kept for the line's end. */
export function redirection(cursor: ShellCursor): void {
  const { text } = cursor;
  const [operator = ''] =
    /^(?:<<<|<<-|<<|<>|<&|<\(|>\(|>>|>&|>\||<|>)/.exec(text.slice(cursor.at, cursor.at + 3)) ?? [];
  cursor.at += Math.max(1, operator.length);
  if (operator.endsWith('(')) {
    if (mayNest(cursor)) cursor.list(')');
    return;
  }
  skipBlank(cursor);
  if (cursor.at >= cursor.end || isOperator(text[cursor.at]) || text[cursor.at] === '\n') return;
  const { value, quoted } = readWord(cursor, '');
  if (operator === '<<' || operator === '<<-') cursor.heredocs.push({ word: value, tabs: operator === '<<-', quoted });
}

/** Past a line's end, and past the heredocs that follow it. */
export function lineEnd(cursor: ShellCursor): void {
  cursor.at += 1;
  const pending = cursor.heredocs;
  cursor.heredocs = [];
  for (const heredoc of pending) {
    const body = cursor.failures < MAX_FAILURES ? heredocEnd(cursor.text, cursor.at, cursor.end, heredoc) : undefined;
    if (body === undefined) {
      cursor.failures += 1;
      continue;
    }
    heredocBody(cursor, body.start, heredoc.quoted);
    cursor.at = body.next;
  }
  cursor.lineReader = 'text';
}

/** A script for a shell; else only what is substituted in it is run. */
function heredocBody(cursor: ShellCursor, bodyEnd: number, quoted: boolean): void {
  const { end, reader } = cursor;
  cursor.end = bodyEnd;
  if (cursor.lineReader !== 'text' && mayNest(cursor)) {
    if (reader !== 'host') cursor.reader = cursor.lineReader;
    cursor.lineReader = 'text';
    cursor.list('');
  } else if (!quoted) doubleQuoted(cursor, '');
  cursor.end = end;
  cursor.reader = reader;
}
