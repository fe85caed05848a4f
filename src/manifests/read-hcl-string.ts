import { skipHclString, type HclCursor } from './hcl-cursor.js';
import type { HclValue } from './hcl-node.js';
import { scalarSegments } from './scalar-segments.js';

const HEREDOC = /<<(-?)([A-Za-z_][\w-]*)[ \t]*\r?\n/y;

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A quoted string or a heredoc at the cursor; interpolations stay as they are written. */
export function readHclString(cursor: HclCursor): HclValue | undefined {
  if (cursor.text[cursor.at] === '"') return readQuoted(cursor);
  HEREDOC.lastIndex = cursor.at;
  const opening = HEREDOC.exec(cursor.text);
  return opening === null ? undefined : readHeredoc(cursor, opening[2] ?? '', opening[1] === '-', HEREDOC.lastIndex);
}

function readQuoted(cursor: HclCursor): HclValue {
  const { text, at: start } = cursor;
  skipHclString(cursor);
  const end = cursor.at;
  const value = text
    .slice(start + 1, Math.max(start + 1, end - 1))
    .replace(/\\(?:u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|[^])/g, (escape) => {
      const letter = escape[1] ?? '';
      const code = escape.length > 2 ? parseInt(escape.slice(2), 16) : NaN;
      return code <= 0x10ffff ? String.fromCodePoint(code) : (ESCAPED[letter] ?? escape.slice(1));
    });
  return { kind: 'scalar', value, start, end, segments: () => scalarSegments(text, { start, end }, value) };
}

/** With `<<-` the indentation that all lines share is no part of the text. */
function readHeredoc(cursor: HclCursor, marker: string, isIndented: boolean, from: number): HclValue {
  const { text, at: start } = cursor;
  const lines: { start: number; text: string }[] = [];
  const line = /([^\n]*)(?:\n|$)/y;
  line.lastIndex = from;
  cursor.at = text.length;
  while (line.lastIndex < text.length) {
    const at = line.lastIndex;
    const [whole, content = ''] = line.exec(text) ?? [''];
    if (content.trim() === marker) {
      cursor.at = at + content.trimEnd().length;
      break;
    }
    lines.push({ start: at, text: whole });
  }
  const indents = lines
    .filter((each) => each.text.trim() !== '')
    .map((each) => each.text.length - each.text.trimStart().length);
  const indent = isIndented ? indents.reduce((least, each) => Math.min(least, each), Infinity) : 0;
  const at = [0];
  const raw = [from];
  let value = '';
  for (const each of lines) {
    const kept = each.text.trim() === '' ? each.text.replace(/^[ \t]+/, '') : each.text.slice(indent);
    at.push(value.length);
    raw.push(each.start + each.text.length - kept.length);
    value += kept;
  }
  const segments = { at, raw, length: value.length };
  return { kind: 'scalar', value, start, end: cursor.at, segments: () => segments };
}
