import { readHclName, skipHclBlank, type HclCursor } from './hcl-cursor.js';
import type { HclEntry, HclValue } from './hcl-node.js';
import { readHclString } from './read-hcl-string.js';
import { skipHclBalanced } from './skip-hcl-balanced.js';

/** Calls that give what they are given, in another form. */
const TRANSPARENT = new Set(
  'yamldecode jsondecode jsonencode yamlencode base64encode base64gzip textencodebase64 chomp trimspace sensitive nonsensitive tolist toset tomap tostring try compact flatten distinct'.split(
    ' ',
  ),
);

/** An expression; its line's end ends it, unless brackets are open. */
export function readHclValue(cursor: HclCursor, inBrackets: boolean): HclValue {
  skipHclBlank(cursor, inBrackets);
  const start = cursor.at;
  const value = readPrimary(cursor);
  const end = cursor.at;
  skipHclBlank(cursor, inBrackets);
  if (value !== undefined && isEnd(cursor)) {
    cursor.at = end;
    return value;
  }
  cursor.at = value === undefined ? start : end;
  skipOperation(cursor, inBrackets);
  return rawText(cursor.text, start, Math.max(cursor.at, start));
}

const isEnd = ({ text, at }: HclCursor): boolean => at >= text.length || /[\r\n,)\]}]/.test(text[at] ?? '');

function rawText(text: string, start: number, end: number): HclValue {
  const value = text.slice(start, end).trimEnd();
  return {
    kind: 'scalar',
    value,
    start,
    end: start + value.length,
    segments: () => ({ at: [0], raw: [start], length: value.length }),
  };
}

function readPrimary(cursor: HclCursor): HclValue | undefined {
  const { text, at: start } = cursor;
  const string = readHclString(cursor);
  if (string !== undefined) return string;
  if (text[start] === '[') return readList(cursor);
  if (text[start] === '{') return readObject(cursor);
  if (text[start] === '(') {
    cursor.at++;
    const inner = readHclValue(cursor, true);
    return close(cursor, ')') ? inner : undefined;
  }
  const number = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])/y;
  number.lastIndex = start;
  const digits = number.exec(text)?.[0];
  if (digits !== undefined) {
    cursor.at += digits.length;
    return { kind: 'scalar', value: Number(digits), start, end: cursor.at };
  }
  const name = readHclName(cursor);
  if (text[cursor.at] === '(') return readCall(cursor, name);
  if (name !== 'true' && name !== 'false' && name !== 'null') return undefined;
  return { kind: 'scalar', value: name === 'null' ? null : name === 'true', start, end: cursor.at };
}

/** Undefined where the call has to be evaluated to know anything; it is then kept as its text. */
function readCall(cursor: HclCursor, name: string): HclValue | undefined {
  const open = cursor.at++;
  const values: HclValue[] = [];
  for (;;) {
    skipHclBlank(cursor, true);
    if (cursor.at >= cursor.text.length || cursor.text[cursor.at] === ')') break;
    const before = cursor.at;
    values.push(readHclValue(cursor, true));
    skipHclBlank(cursor, true);
    if (cursor.text[cursor.at] === ',') cursor.at++;
    else if (cursor.at === before || cursor.text[cursor.at] !== ')') break;
  }
  if (!close(cursor, ')')) return undefined;
  const [first] = values;
  const span = { start: open + 1, end: cursor.at };
  if (TRANSPARENT.has(name)) return first;
  if (name === 'merge')
    return { kind: 'object', entries: values.flatMap((each) => (each.kind === 'object' ? each.entries : [])), ...span };
  if (name === 'concat')
    return { kind: 'list', items: values.flatMap((each) => (each.kind === 'list' ? each.items : [each])), ...span };
  if (name === 'indent') return values[1];
  return undefined;
}

function close(cursor: HclCursor, closer: string): boolean {
  skipHclBlank(cursor, true);
  if (cursor.text[cursor.at] !== closer) return false;
  cursor.at++;
  return true;
}

/** Of `[for … : value]` the value is the only item. */
function readList(cursor: HclCursor): HclValue | undefined {
  const start = cursor.at++;
  const items: HclValue[] = [];
  skipFor(cursor);
  for (;;) {
    skipHclBlank(cursor, true);
    if (cursor.at >= cursor.text.length || cursor.text[cursor.at] === ']') break;
    const before = cursor.at;
    items.push(readHclValue(cursor, true));
    skipHclBlank(cursor, true);
    if (cursor.text[cursor.at] === ',') cursor.at++;
    else if (cursor.at === before || cursor.text[cursor.at] !== ']') return undefined;
  }
  if (!close(cursor, ']')) return undefined;
  return { kind: 'list', items, start, end: cursor.at };
}

function skipFor(cursor: HclCursor): void {
  skipHclBlank(cursor, true);
  const from = cursor.at;
  if (readHclName(cursor) !== 'for') {
    cursor.at = from;
    return;
  }
  skipHclBalanced(cursor, (character) => character === ':' || character === ']' || character === '}');
  if (cursor.text[cursor.at] === ':') cursor.at++;
}

/** `key = value`, `"key": value` or `(expression) = value`, with commas or line ends between them. */
function readObject(cursor: HclCursor): HclValue | undefined {
  const start = cursor.at++;
  const entries: HclEntry[] = [];
  skipFor(cursor);
  for (;;) {
    skipHclBlank(cursor, true);
    while (cursor.text[cursor.at] === ',') {
      cursor.at++;
      skipHclBlank(cursor, true);
    }
    if (cursor.at >= cursor.text.length || cursor.text[cursor.at] === '}') break;
    const key = readKey(cursor);
    if (key === undefined) return undefined;
    const value = readHclValue(cursor, false);
    entries.push({ ...key, value });
    skipHclBlank(cursor, false);
    if (!/[\r\n,}]/.test(cursor.text[cursor.at] ?? '}')) return undefined;
  }
  if (!close(cursor, '}')) return undefined;
  return { kind: 'object', entries, start, end: cursor.at };
}

function readKey(cursor: HclCursor): Omit<HclEntry, 'value'> | undefined {
  const { text, at: start } = cursor;
  const string = readHclString(cursor);
  if (string === undefined) skipHclBalanced(cursor, (character) => /[=:\r\n,}]/.test(character));
  const written = text.slice(start, cursor.at).trimEnd();
  const name = string?.kind === 'scalar' ? String(string.value) : written;
  skipHclBlank(cursor, false);
  const operator = /=>|=|:/y;
  operator.lastIndex = cursor.at;
  if (!operator.test(text)) return undefined;
  cursor.at = operator.lastIndex;
  return { name, key: { start, end: start + written.length } };
}

/** To the end of an expression that is kept as its text. */
function skipOperation(cursor: HclCursor, inBrackets: boolean): void {
  skipHclBalanced(cursor, (character) => character === ',' || (!inBrackets && /[\r\n#]/.test(character)));
}
