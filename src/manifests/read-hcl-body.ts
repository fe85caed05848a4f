import { readHclName, skipHclBlank, skipHclString, type HclCursor } from './hcl-cursor.js';
import type { HclBlock, HclBody, HclEntry } from './hcl-node.js';
import { readHclValue } from './read-hcl-value.js';

/** Attributes and blocks up to the closing brace. What is neither is left out, line by line. */
export function readHclBody(cursor: HclCursor): HclBody {
  const start = cursor.at;
  const attributes: HclEntry[] = [];
  const blocks: HclBlock[] = [];
  for (;;) {
    skipHclBlank(cursor, true);
    if (cursor.at >= cursor.text.length || cursor.text[cursor.at] === '}') break;
    const from = cursor.at;
    const name = readHclName(cursor);
    const key = { start: from, end: cursor.at };
    skipHclBlank(cursor, false);
    if (name !== '' && cursor.text[cursor.at] === '=' && cursor.text[cursor.at + 1] !== '=') {
      cursor.at++;
      attributes.push({ name, key, value: readHclValue(cursor, false) });
      continue;
    }
    const block = name === '' ? undefined : readHclBlock(cursor, name, key);
    if (block !== undefined) blocks.push(block);
    else skipLine(cursor, from);
  }
  return { start, end: cursor.at, attributes, blocks };
}

/** From behind the block's type on; undefined when no block begins here. */
export function readHclBlock(cursor: HclCursor, type: string, key: HclBlock['key']): HclBlock | undefined {
  const labels: { text: string; span: { start: number; end: number } }[] = [];
  for (;;) {
    skipHclBlank(cursor, false);
    const start = cursor.at;
    if (cursor.text[start] === '"') skipHclString(cursor);
    else if (readHclName(cursor) === '') break;
    const text = cursor.text.slice(start, cursor.at).replace(/^"|"$/g, '');
    labels.push({ text, span: { start, end: cursor.at } });
  }
  if (cursor.text[cursor.at] !== '{') return undefined;
  cursor.at++;
  const body = readHclBody(cursor);
  if (cursor.text[cursor.at] === '}') cursor.at++;
  return { type, key, labels, body };
}

function skipLine(cursor: HclCursor, from: number): void {
  const end = cursor.text.indexOf('\n', from);
  cursor.at = Math.max(cursor.at, end === -1 ? cursor.text.length : end);
  if (cursor.at === from) cursor.at++;
}
