import {
  BACKSLASH,
  BACKTICK,
  CLOSE,
  CLOSE_BRACE,
  DOLLAR,
  DOUBLE,
  LINE_FEED,
  OPEN,
} from './shell-commands-characters.js';
import { mayNest, type ShellCursor } from './shell-commands-cursor.js';

/** From behind the opening quote past the closing one, or to the end where there is none; gives what it means. */
export function doubleQuoted(cursor: ShellCursor, close: '"' | ''): string {
  const { text } = cursor;
  let value = '';
  let run = cursor.at;
  while (cursor.at < cursor.end) {
    const char = text.charCodeAt(cursor.at);
    if (char === DOUBLE && close === '"') break;
    if (char === BACKSLASH && cursor.at + 1 < cursor.end && '"\\$`\n'.includes(text[cursor.at + 1] ?? ' ')) {
      value += text.slice(run, cursor.at);
      run = text[cursor.at + 1] === '\n' ? cursor.at + 2 : cursor.at + 1;
      cursor.at += 2;
    } else if (char === DOLLAR) dollar(cursor);
    else if (char === BACKTICK) backtick(cursor);
    else cursor.at += 1;
  }
  cursor.at = Math.min(cursor.at, cursor.end);
  value += text.slice(run, cursor.at);
  if (cursor.at < cursor.end && close === '"') cursor.at += 1;
  return value;
}

/** `$(…)`, `$((…))`, `${…}`, or the dollar alone. */
export function dollar(cursor: ShellCursor): void {
  const { text } = cursor;
  const next = text[cursor.at + 1];
  if (next === '(' && text[cursor.at + 2] === '(') {
    cursor.at += 3;
    arithmetic(cursor);
  } else if (next === '(' && mayNest(cursor)) {
    cursor.at += 2;
    cursor.list(')');
  } else if (next === '{') {
    cursor.at += 2;
    parameter(cursor);
  } else cursor.at += 1;
}

export function backtick(cursor: ShellCursor): void {
  cursor.at += 1;
  if (mayNest(cursor)) cursor.list('`');
}

/** From behind `((` to its end, or to the line's end when that is missing. */
export function arithmetic(cursor: ShellCursor): void {
  for (let open = 2; cursor.at < cursor.end && open > 0; cursor.at += 1) {
    const char = cursor.text.charCodeAt(cursor.at);
    if (char === LINE_FEED) return;
    if (char === OPEN) open += 1;
    else if (char === CLOSE) open -= 1;
  }
}

/** `${NAME:-…}`: to its brace, or to the line's end when that is missing. */
function parameter(cursor: ShellCursor): void {
  const { text } = cursor;
  for (let open = 1; cursor.at < cursor.end && open > 0; cursor.at += 1) {
    const char = text.charCodeAt(cursor.at);
    if (char === LINE_FEED) return;
    if (char === BACKSLASH) cursor.at += 1;
    else if (char === CLOSE_BRACE) open -= 1;
    else if (char === DOLLAR && text[cursor.at + 1] === '{') open += 1;
  }
}
