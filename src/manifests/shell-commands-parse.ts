import { casePattern } from './shell-commands-case.js';
import { mayNest, skipBlank, skipLine, type ListEnd, type Reader, type ShellCursor } from './shell-commands-cursor.js';
import { arithmetic } from './shell-commands-expansion.js';
import { lineEnd } from './shell-commands-redirection.js';
import { simpleCommand } from './shell-commands-simple.js';
import type { ShellWord } from './shell-commands-word.js';

/** Gets each simple command, those in substitutions first; tells whether it reads a script, and where that runs. */
export type TakeCommand = (words: readonly ShellWord[], start: number, end: number, reader: Reader) => Reader | 'stop';

/**
 * Finds the simple commands of a POSIX shell's script, bash's additions included, in one go over the text. It forgives what a
 * shell would not; quotes that are never closed reach to the end.
 */
export function parseShell(text: string, take: TakeCommand): void {
  const cursor: ShellCursor = {
    text,
    at: 0,
    end: text.length,
    depth: 0,
    cases: 0,
    failures: 0,
    stopped: false,
    reader: 'text',
    lineReader: 'text',
    heredocs: [],
    list: (close) => {
      readList(cursor, close, take);
    },
  };
  cursor.list('');
}

function readList(cursor: ShellCursor, close: ListEnd, take: TakeCommand): void {
  const { text, cases } = cursor;
  cursor.cases = 0;
  cursor.depth += 1;
  while (!cursor.stopped) {
    skipBlank(cursor);
    if (cursor.at >= cursor.end) break;
    const char = text[cursor.at];
    if (char === '\n') lineEnd(cursor);
    else if (char === '#') skipLine(cursor);
    else if (char === ';') semicolon(cursor);
    else if (char === '&' || char === '|') cursor.at += 1;
    else if (char === '(') group(cursor);
    else if (char === close || char === ')') {
      cursor.at += 1;
      if (char === close) break;
    } else tell(cursor, simpleCommand(cursor, close), take);
  }
  cursor.depth -= 1;
  cursor.cases = cases;
}

/** `;`, or one of `;;`, `;&` and `;;&`, behind which the next pattern of a `case` stands. */
function semicolon(cursor: ShellCursor): void {
  const { text, at } = cursor;
  const twice = text[at + 1] === ';' || text[at + 1] === '&';
  cursor.at += twice ? (text[at + 2] === '&' ? 3 : 2) : 1;
  if (twice && cursor.cases > 0) casePattern(cursor);
}

/** `( … )`, or `(( … ))`, which only calculates. */
function group(cursor: ShellCursor): void {
  if (cursor.text[cursor.at + 1] === '(') {
    cursor.at += 2;
    arithmetic(cursor);
    return;
  }
  cursor.at += 1;
  if (mayNest(cursor)) cursor.list(')');
}

function tell(cursor: ShellCursor, words: readonly ShellWord[], take: TakeCommand): void {
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined || cursor.stopped) return;
  const taken = take(words, first.start, last.end, cursor.reader);
  if (taken === 'stop') cursor.stopped = true;
  else if (taken !== 'text') cursor.lineReader = taken;
}
