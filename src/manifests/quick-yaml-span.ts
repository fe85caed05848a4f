import type { Place } from './place.js';
import type { Span } from './span-node.js';

/** A block of lines: from an offset, whose column is that of its first entry, to an offset. */
interface Block {
  readonly start: number;
  readonly end: number;
  /** Of the block's entries, from 0. */
  readonly indent: number;
}

/**
 * Where a string or a number stands in YAML as people write it: block mappings and lists, plain keys, plain or quoted values
 * on one line, and `{path: /run}` at the end of a path. It goes by the indentation, which is a hundred times faster than parsing once more with positions; undefined
 * for all else, and wherever the text found there is not the value that the parser has seen.
 */
export function quickYamlSpan(text: string, root: unknown, { path, key, offset, length }: Place): Span | undefined {
  const last = path.at(-1);
  if (last === undefined || key === true || text.includes('\t') || text.includes('\r')) return undefined;
  let block = wholeBlock(text);
  let value = root;
  for (const [at, step] of path.slice(0, -1).entries()) {
    value = child(value, step);
    const entry = block && entryOf(text, block, step);
    if (entry !== undefined && at === path.length - 2 && offset === undefined) {
      const flow = flowSpan(text, entry, last, child(value, last));
      if (flow !== undefined) return flow;
    }
    block = entry && below(text, entry);
  }
  value = child(value, last);
  const entry = block && entryOf(text, block, last);
  return entry && scalarSpan(text, entry.content, value, offset, length);
}

const child = (value: unknown, step: string | number): unknown =>
  value !== null && typeof value === 'object' ? (value as Record<string | number, unknown>)[step] : undefined;

interface Entry {
  /** Behind the colon or the dash. */
  readonly content: number;
  /** Of the line that it begins on. */
  readonly lineEnd: number;
  readonly end: number;
  readonly indent: number;
  readonly dash: boolean;
}

function wholeBlock(text: string): Block | undefined {
  for (let at = 0; at < text.length; at = lineEndOf(text, at) + 1) {
    const first = firstOf(text, at);
    if (isBlank(text, first)) continue;
    // A marker or a directive: what follows it on its line is rare enough.
    if (first === at && /^(?:---|%)/.test(text.slice(at, at + 3))) {
      if (text.slice(at, lineEndOf(text, at)).trimEnd() !== '---') return undefined;
      continue;
    }
    return { start: at, end: text.length, indent: first - at };
  }
  return undefined;
}

/** The entry of a key or an index in a block. The first line may have begun before the block: behind the dash of a list. */
function entryOf(text: string, { start, end, indent }: Block, step: string | number): Entry | undefined {
  let index = -1;
  let found: Entry | undefined;
  for (let at = start; at < end; at = lineEndOf(text, at) + 1) {
    const column = at === start && start > 0 && text[start - 1] !== '\n' ? indent : firstOf(text, at) - at;
    const first = at === start && start > 0 && text[start - 1] !== '\n' ? start : at + column;
    if (isBlank(text, first) || column > indent) continue;
    if (column < indent) return undefined;
    const dash = text[first] === '-' && (text[first + 1] === ' ' || text[first + 1] === '\n');
    // A list may stand in the column of its key.
    if (dash && typeof step === 'string') continue;
    if (!dash && typeof step === 'number') return undefined;
    if (found !== undefined) return { ...found, end: at };
    const content = typeof step === 'number' ? (++index === step ? first + 1 : -1) : behindKey(text, first, step);
    if (content !== -1) found = { content, lineEnd: lineEndOf(text, first), end, indent, dash };
  }
  return found;
}

function behindKey(text: string, first: number, key: string): number {
  const colon = first + key.length;
  const after = text[colon + 1];
  return text.startsWith(key, first) && text[colon] === ':' && (after === ' ' || after === '\n' || after === undefined)
    ? colon + 1
    : -1;
}

/** What is in an entry that holds more than a scalar. */
function below(text: string, { content, lineEnd, end, indent, dash }: Entry): Block | undefined {
  const first = firstOf(text, content);
  if (first < lineEnd && text[first] !== '#') {
    // An entry of the inner block on the line of the dash. Behind a key, it is a flow, an alias or a tag.
    if (!dash || /[[{&*!|>"'?]/.test(text[first] ?? '')) return undefined;
    return { start: first, end, indent: indent + (first - content) + 1 };
  }
  for (let at = lineEnd + 1; at < end; at = lineEndOf(text, at) + 1) {
    const from = firstOf(text, at);
    if (!isBlank(text, from)) return { start: at, end, indent: from - at };
  }
  return undefined;
}

function scalarSpan(
  text: string,
  content: number,
  value: unknown,
  offset: number | undefined,
  length: number | undefined,
): Span | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const start = firstOf(text, content);
  const line = text.slice(start, lineEndOf(text, start));
  const quote = line[0] === '"' || line[0] === "'" ? line[0] : '';
  const comment = quote === '' ? line.search(/ #|$/) : line.indexOf(quote, 1) + 1;
  const written = line.slice(0, comment).trimEnd();
  if (written !== `${quote}${value}${quote}` || written.includes('\\')) return undefined;
  if (!/^\s*(?:#|$)/.test(line.slice(comment))) return undefined;
  if (offset === undefined) return { start, end: start + written.length };
  const from = start + quote.length + offset;
  return { start: from, end: Math.min(from + (length ?? 0), start + written.length - quote.length) };
}

const LONGEST_FLOW = 300;
const FLOW = /^\{ ?[\w.-]+: [\w./-]+(?:, [\w.-]+: [\w./-]+)* ?\}$/;

/** Of a plain value in a mapping in braces, all of it behind its key on one line, and nothing in it but plain entries. */
function flowSpan(text: string, { content, lineEnd }: Entry, key: string | number, value: unknown): Span | undefined {
  const first = firstOf(text, content);
  if (text[first] !== '{' || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  if (lineEnd - first > LONGEST_FLOW) return undefined;
  const line = text.slice(first, lineEnd).trimEnd();
  if (!FLOW.test(line)) return undefined;
  const written = `${key}: ${value}`;
  const entries = line.slice(1, -1).split(', ');
  const own = entries.filter((entry) => entry.trim().startsWith(`${key}: `));
  if (own.length !== 1 || own[0]?.trim() !== written) return undefined;
  const index = entries.indexOf(own[0]);
  const before = entries.slice(0, index).join(', ').length + (index === 0 ? 0 : 2);
  const start = first + 1 + before + (entries[index] ?? '').indexOf(written) + `${key}: `.length;
  return { start, end: start + String(value).length };
}

const lineEndOf = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
};

const firstOf = (text: string, at: number): number => {
  let first = at;
  while (text[first] === ' ') first += 1;
  return first;
};

const isBlank = (text: string, first: number): boolean => {
  const character = text[first];
  return character === undefined || character === '\n' || character === '#';
};
