import { isAlias, isMap, isScalar, parseDocument, stringify, type Document, type Pair, type YAMLMap } from 'yaml';
import { notUnderstood, understood, type Parsed } from './parsed.js';
import { applySplices, type Splice } from './splice.js';

/** New values of keys of a document's topmost mapping; undefined takes the key out. */
export type YamlEdits = Readonly<Record<string, string | number | boolean | undefined>>;

type TopPair = Pair & { readonly key: { readonly value: unknown; readonly range: [number, number, number] } };

/**
 * Changes keys of the topmost mapping and no other byte: comments, order, quotes and line ends stay as they are. A new key
 * goes where the alphabet has it when all others are in its order, else to the end.
 */
export function editYaml(text: string, edits: YamlEdits): Parsed<string> {
  const document = parseDocument(text);
  const problem = problemOf(document);
  if (problem !== undefined) return problem;
  const before = (document.toJS() ?? {}) as Record<string, unknown>;
  const changed = Object.entries(edits).filter(([key, value]) => before[key] !== value);
  if (changed.length === 0) return understood(text);

  const wanted: Record<string, unknown> = { ...before };
  for (const [key, value] of changed) {
    if (value === undefined) delete wanted[key];
    else wanted[key] = value;
  }
  const json = asJson(text, wanted);
  if (json !== undefined) return understood(json);
  const edited = inPlace(text, document, changed);
  if (edited !== undefined && says(edited, wanted)) return understood(edited);
  // A mapping in braces, for one: written anew, with its comments.
  for (const [key, value] of changed) {
    if (value === undefined) document.delete(key);
    else document.set(key, value);
  }
  const anew = document.toString({ lineWidth: 0 });
  if (says(anew, wanted)) return understood(anew);
  return notUnderstood(
    1,
    `${changed.map(([key]) => key).join(', ')} cannot be changed without changing something else`,
  );
}

/** JSON is YAML, too, and stays JSON: programs that know nothing else may read it. */
function asJson(text: string, wanted: Readonly<Record<string, unknown>>): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const indent = /^\s*\{\r?\n([ \t]+)"/.exec(text)?.[1];
  return JSON.stringify(wanted, undefined, indent) + (/\n$/.test(text) ? '\n' : '');
}

/** Why a text is no mapping of keys to values. */
function problemOf(document: Document.Parsed): Parsed<never> | undefined {
  const [error] = document.errors;
  // A message goes on with an excerpt of the file, which is nobody's business.
  if (error !== undefined) {
    return notUnderstood(error.linePos?.[0].line ?? 1, error.message.split(/ at line \d|\n/)[0] ?? 'it is not YAML');
  }
  const isEmpty = document.contents === null || (isScalar(document.contents) && document.contents.value === null);
  return isEmpty || isMap(document.contents) ? undefined : notUnderstood(1, 'it is no mapping of keys to values');
}

function inPlace(
  text: string,
  { contents }: Document.Parsed,
  changed: readonly (readonly [string, YamlEdits[string]])[],
): string | undefined {
  if (contents !== null && !isMap(contents) && contents.range[0] !== contents.range[1]) return undefined;
  if (isMap(contents) && contents.flow === true) return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const pairs = isMap(contents) ? ((contents as YAMLMap).items as TopPair[]) : [];
  if (!pairs.every(({ key }) => isScalar(key) && !isAlias(key))) return undefined;
  const indent = ' '.repeat(columnOf(text, pairs[0]?.key.range[0] ?? 0));
  const additions = new Map<number, string[]>();
  const splices: Splice[] = [];
  for (const [key, value] of changed) {
    const pair = pairs.find((one) => one.key.value === key);
    const range = (pair?.value as { range?: [number, number, number] } | null | undefined)?.range;
    if (pair === undefined) {
      if (value === undefined) continue;
      const at = placeFor(key, pairs, text);
      additions.set(at, [...(additions.get(at) ?? []), `${indent}${rendered({ [key]: value })}`]);
    } else if (range === undefined) return undefined;
    else if (value === undefined) {
      splices.push({ start: lineStart(text, pair.key.range[0]), end: lineEnd(text, range[1]), text: '' });
    } else {
      const space = range[0] === range[1] && !/\s$/.test(text.slice(0, range[0])) ? ' ' : '';
      splices.push({ start: range[0], end: range[1], text: space + rendered(value) });
    }
  }
  for (const [at, lines] of additions) {
    const gap = at > 0 && text[at - 1] !== '\n' && text.slice(0, at) !== '\ufeff' ? newline : '';
    const sorted = lines.toSorted();
    splices.push({ start: at, end: at, text: gap + sorted.map((line) => line + newline).join('') });
  }
  return applySplices(text, splices);
}

/** Where a line with a new key goes. */
function placeFor(key: string, pairs: readonly TopPair[], text: string): number {
  const keys = pairs.map((pair) => String(pair.key.value));
  const sorted = keys.every((one, index) => index === 0 || (keys[index - 1] ?? '') <= one);
  const index = sorted ? keys.findLastIndex((one) => one < key) : keys.length - 1;
  const before = pairs[index];
  // Ahead of the first one, comments at the very top stay at the top.
  if (before === undefined) return pairs[0] === undefined ? endOf(text) : lineStart(text, pairs[0].key.range[0]);
  const range = (before.value as { range?: [number, number, number] } | null)?.range;
  return lineEnd(text, range?.[1] ?? before.key.range[1]);
}

const rendered = (value: unknown): string => stringify(value, { lineWidth: 0 }).trimEnd();

const lineStart = (text: string, at: number): number => {
  // A search from before the first character would look at the first.
  const start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  return start === 0 && text.startsWith('\ufeff') ? 1 : start;
};

/** After the line break of the line in which something ends; a block's end is after its own. */
function lineEnd(text: string, at: number): number {
  if (text[at - 1] === '\n') return at;
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline + 1;
}

/** Of a document without content; the mark that ends it stays last. */
const endOf = (text: string): number => {
  const end = text.search(/^\.\.\.\s*$/m);
  return end === -1 ? text.length : end;
};

const columnOf = (text: string, at: number): number => at - lineStart(text, at);

function says(text: string, wanted: Readonly<Record<string, unknown>>): boolean {
  const document = parseDocument(text);
  if (document.errors.length > 0) return false;
  return JSON.stringify(sortedKeys(document.toJS() ?? {})) === JSON.stringify(sortedKeys(wanted));
}

const sortedKeys = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
