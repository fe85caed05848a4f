import { stringEnd } from './string-end.js';
import { scalarSegments } from './scalar-segments.js';
import type { Segments } from './segments.js';
import { skipBlank } from './skip-blank.js';
import type { Span, SpanNode } from './span-node.js';

interface Table {
  start: number;
  end: number;
  key?: Span;
  /** Made by `[[…]]`. */
  isList?: boolean;
  readonly children: Map<string, Table>;
}

/** Where the values of a TOML text stand. The text is known to be valid: only tables, keys and brackets are looked for. */
export function tomlSpans(text: string): SpanNode {
  const root = newTable(0, text.length);
  let current = root;
  for (let at = skipBlank(text, 0); at < text.length; at = skipBlank(text, at)) {
    if (text[at] !== '[') {
      at = readEntry(text, at, current);
      continue;
    }
    const isItem = text[at + 1] === '[';
    const { words, end } = readKey(text, at + (isItem ? 2 : 1));
    current = descend(root, words);
    if (isItem) {
      const item = newTable(at, end);
      current.isList = true;
      current.children.set(String(current.children.size), item);
      current = item;
    }
    const close = text.indexOf(']', end);
    at = close === -1 ? text.length : close + (isItem ? 2 : 1);
  }
  return spansOf(text, root);
}

function spansOf(text: string, { start, end, key, children }: Table): SpanNode {
  const quote = text[start];
  return {
    start,
    end,
    key,
    child(step) {
      const child = children.get(String(step));
      return child && spansOf(text, child);
    },
    ...((quote === '"' || quote === "'") && { segments: () => stringSegments(text, { start, end }) }),
  };
}

/** Multi-line strings as far as they have no escapes, which in TOML are rare in them. */
function stringSegments(text: string, span: Span): Segments | undefined {
  const { start, end } = span;
  const triple = /^(?:"""|''')(?:\r?\n)?/.exec(text.slice(start, start + 5))?.[0];
  if (triple === undefined && text[start] === '"') return scalarSegments(text, span);
  const from = start + (triple?.length ?? 1);
  return { at: [0], raw: [from], length: Math.max(0, end - (triple === undefined ? 1 : 3) - from) };
}

function newTable(start: number, end: number): Table {
  return { start, end, children: new Map() };
}

/** To the table of a path; through a list of tables to its last one. */
function descend(from: Table, words: readonly (readonly [string, Span])[]): Table {
  let table = from;
  for (const [name, span] of words) {
    if (table.isList) table = table.children.get(String(table.children.size - 1)) ?? table;
    const next = table.children.get(name) ?? newTable(span.start, span.end);
    next.key ??= span;
    table.children.set(name, next);
    table = next;
  }
  return table;
}

function readKey(text: string, from: number): { words: [string, Span][]; end: number } {
  const words: [string, Span][] = [];
  const word = /[ \t]*("(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'|[\w-]+)[ \t]*(\.?)/y;
  word.lastIndex = from;
  for (let match = word.exec(text); match !== null; match = word.exec(text)) {
    const written = match[1] ?? '';
    const start = match.index + match[0].indexOf(written);
    const name = /^["']/.test(written) ? written.slice(1, -1) : written;
    words.push([name, { start, end: start + written.length }]);
    from = word.lastIndex;
    if (match[2] === '') break;
  }
  return { words, end: from };
}

/** `key = value`; gives where it ends. */
function readEntry(text: string, at: number, table: Table): number {
  const { words, end } = readKey(text, at);
  const equals = skipBlank(text, end);
  if (words.length === 0 || text[equals] !== '=') return Math.max(lineEnd(text, at), at + 1);
  const entry = descend(table, words);
  entry.start = skipBlank(text, equals + 1);
  entry.end = readValue(text, entry);
  return entry.end;
}

function readValue(text: string, value: Table): number {
  const { start } = value;
  const first = text[start];
  if (text.startsWith('"""', start) || text.startsWith("'''", start)) {
    const close = text.indexOf(text.slice(start, start + 3), start + 3);
    const end = close === -1 ? text.length : close + 3;
    return end + (/^["']{0,2}/.exec(text.slice(end, end + 2))?.[0].length ?? 0);
  }
  if (first === '"') return stringEnd(text, start);
  if (first === "'") return text.indexOf("'", start + 1) + 1 || text.length;
  if (first !== '[' && first !== '{') {
    const end = /[,\]}#\r\n]/g;
    end.lastIndex = start;
    return end.exec(text)?.index ?? text.length;
  }
  let at = skipBlank(text, start + 1);
  for (let index = 0; at < text.length && text[at] !== ']' && text[at] !== '}'; index++) {
    if (first === '{') at = readEntry(text, at, value);
    else {
      const item = newTable(at, at);
      value.children.set(String(index), item);
      at = item.end = readValue(text, item);
    }
    at = skipBlank(text, at);
    if (text[at] === ',') at = skipBlank(text, at + 1);
  }
  return Math.min(at + 1, text.length);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
