import { caseHead } from './shell-commands-case.js';
import { isOperator } from './shell-commands-characters.js';
import { skipBlank, skipLine, type ListEnd, type ShellCursor } from './shell-commands-cursor.js';
import { redirection } from './shell-commands-redirection.js';
import { readWord, type ShellWord } from './shell-commands-word.js';

/** Of one command; what is behind them is not told. */
const MAX_WORDS = 2000;

const KEYWORDS: ReadonlySet<string> = new Set([
  'if',
  'then',
  'elif',
  'else',
  'fi',
  'while',
  'until',
  'do',
  'done',
  'coproc',
  '{',
  '}',
  '!',
]);

/**
 * Reads a simple command up to what separates it from the next, and gives its words without redirections and keywords. None
 * for what is no command: the heads of loops, of functions and of `case`, and tests.
 */
export function simpleCommand(cursor: ShellCursor, close: ListEnd): readonly ShellWord[] {
  const { text } = cursor;
  const words: ShellWord[] = [];
  let loopHead = false;
  for (;;) {
    skipBlank(cursor);
    const char = text[cursor.at];
    if (cursor.at >= cursor.end || char === '\n' || char === ';' || char === '|' || char === ')' || char === close)
      break;
    if (char === '&') {
      if (text[cursor.at + 1] !== '>') break;
      cursor.at += 1;
    } else if (char === '(') {
      if (words.length === 1 && emptyParentheses(cursor)) return [];
      break;
    } else if (char === '#') skipLine(cursor);
    else if (char === '<' || char === '>') redirection(cursor);
    else {
      const word = readWord(cursor, close);
      if (isDescriptor(word, text[cursor.at])) continue;
      const role = words.length > 0 || word.quoted || loopHead ? 'word' : roleOfFirst(cursor, word.value, close);
      if (role === 'case') return [];
      if (role === 'loop') loopHead = true;
      else if (role === 'word' && words.length < MAX_WORDS) words.push(word);
    }
  }
  return loopHead ? [] : words;
}

/** `2` in `2>FILE`, `{log}` in `{log}>FILE`. */
function isDescriptor({ value }: ShellWord, next: string | undefined): boolean {
  return (next === '<' || next === '>') && /^(?:\d+|\{\w+\})$/.test(value);
}

/** What a first word is to the shell; what belongs to it and is no command is passed over. */
function roleOfFirst(cursor: ShellCursor, value: string, close: ListEnd): 'word' | 'keyword' | 'loop' | 'case' {
  if (KEYWORDS.has(value)) return 'keyword';
  switch (value) {
    case 'for':
    case 'select':
      return 'loop';
    case 'function':
      skipBlank(cursor);
      readWord(cursor, close);
      emptyParentheses(cursor);
      return 'keyword';
    case 'case':
      caseHead(cursor, close);
      return 'case';
    case 'esac':
      cursor.cases = Math.max(0, cursor.cases - 1);
      return 'keyword';
    case '[[':
      test(cursor);
      return 'keyword';
    default:
      return 'word';
  }
}

/** Past the `()` of a function's head; false when there is none. */
function emptyParentheses(cursor: ShellCursor): boolean {
  const { text, at } = cursor;
  if (!/^\s*\(\s*\)/.test(text.slice(at, at + 20))) return false;
  cursor.at = text.indexOf(')', at) + 1;
  return true;
}

/** `[[ … ]]`, where operators compare. */
function test(cursor: ShellCursor): void {
  while (cursor.at < cursor.end) {
    skipBlank(cursor);
    const char = cursor.text[cursor.at];
    if (isOperator(char) || char === '\n') cursor.at += 1;
    else if (cursor.at < cursor.end && readWord(cursor, '').value === ']]') return;
  }
}
