import { parseToml } from './toml-document.js';

/** A line of a TOML text, or several where a value goes over several; the texts of all are the whole text. */
export type TomlItem = TomlRemark | TomlHeader | TomlPair;

interface TomlRemark {
  readonly kind: 'blank' | 'comment';
  readonly text: string;
}

export interface TomlHeader {
  readonly kind: 'header';
  readonly text: string;
  readonly path: readonly string[];
  /** `[[path]]`. */
  readonly array: boolean;
  /** Where the brackets end in the text. */
  readonly end: number;
}

export interface TomlPair {
  readonly kind: 'pair';
  readonly text: string;
  /** Of the header above it. */
  readonly table: readonly string[];
  /** Of the header and of its own, dotted or not. */
  readonly path: readonly string[];
  /** Where its value starts and ends in the text. */
  readonly start: number;
  readonly end: number;
}

/** Takes apart a text that is known to be TOML. */
export function tomlItems(text: string): readonly TomlItem[] {
  const items: TomlItem[] = [];
  let table: readonly string[] = [];
  let at = 0;
  while (at < text.length) {
    const first = skipSpace(text, at);
    const char = text[first];
    if (char === undefined || char === '\n' || char === '\r' || char === '#') {
      const end = lineEnd(text, first);
      items.push({ kind: char === '#' ? 'comment' : 'blank', text: text.slice(at, end) });
      at = end;
      continue;
    }
    const array = char === '[' && text[first + 1] === '[';
    const keys = readKeys(text, char !== '[' ? first : array ? first + 2 : first + 1);
    // After the closing brackets, or at the value behind the equals sign.
    const next = char === '[' ? keys.end + (array ? 2 : 1) : skipSpace(text, keys.end + 1);
    const valueEnd = char === '[' ? next : skipValue(text, next);
    const end = lineEnd(text, valueEnd);
    const whole = text.slice(at, end);
    if (char === '[') {
      table = keys.path;
      items.push({ kind: 'header', text: whole, path: table, array, end: next - at });
    } else {
      const path = [...table, ...keys.path];
      items.push({ kind: 'pair', text: whole, table, path, start: next - at, end: valueEnd - at });
    }
    at = end;
  }
  return items;
}

/** Returns where the equals sign or the closing bracket stands. */
function readKeys(text: string, from: number): { readonly path: readonly string[]; readonly end: number } {
  const path: string[] = [];
  let at = from;
  for (;;) {
    at = skipSpace(text, at);
    const quote = text[at];
    const end = quote === '"' || quote === "'" ? skipString(text, at) : endOfBareKey(text, at);
    path.push(quote === '"' || quote === "'" ? unquoted(text.slice(at, end)) : text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] !== '.') return { path, end: at };
    at += 1;
  }
}

function unquoted(raw: string): string {
  const parsed = parseToml(`key = ${raw}`);
  const value = parsed.ok ? parsed.value['key'] : undefined;
  return typeof value === 'string' ? value : raw;
}

function endOfBareKey(text: string, from: number): number {
  let at = from;
  while (/[A-Za-z0-9_-]/.test(text[at] ?? '')) at += 1;
  // What is no key ends as a key of one character, so that reading goes on; the editor checks what came of it.
  return at === from ? from + 1 : at;
}

function skipValue(text: string, from: number): number {
  const char = text[from];
  if (char === '"' || char === "'") return skipString(text, from);
  if (char !== '[' && char !== '{') {
    const end = /[#\r\n]/.exec(text.slice(from))?.index;
    return from + text.slice(from, end === undefined ? undefined : from + end).trimEnd().length;
  }
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const one = text[at];
    if (one === '"' || one === "'") at = skipString(text, at) - 1;
    else if (one === '#') at = lineEnd(text, at) - 1;
    else if (one === '[' || one === '{') depth += 1;
    else if (one === ']' || one === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function skipString(text: string, from: number): number {
  const quote = text[from] ?? '';
  const close = text.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote;
  for (let at = from + close.length; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text.startsWith(close, at)) {
      let end = at + close.length;
      // Up to two quotes may stand before the three that close.
      for (let extra = 0; close.length === 3 && extra < 2 && text[end] === quote; extra += 1) end += 1;
      return end;
    }
  }
  return text.length;
}

/** After the line feed. */
function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  return feed === -1 ? text.length : feed + 1;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}
