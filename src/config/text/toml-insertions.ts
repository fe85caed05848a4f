import type { TomlTable, TomlValue } from 'smol-toml';
import type { EditedItem, TomlEditStyle } from './toml-edit.js';
import { pathKey, startsWith, tomlAt, type TomlPath } from './toml-path.js';
import { isTable, isTableArray, tomlKey, tomlValue } from './toml-text.js';
import { tomlBlock, type RemarksAt } from './toml-writer.js';

/** The lines to put in, by the index of the item before which they go. */
export function tomlInsertions(
  edited: readonly EditedItem[],
  wanted: TomlTable,
  style: TomlEditStyle,
  remarksAt: RemarksAt,
): ReadonlyMap<number, readonly string[]> {
  const inserted = new Map<number, string[]>();
  const put = (index: number, ...lines: readonly string[]): void => {
    inserted.set(index, [...(inserted.get(index) ?? []), ...lines]);
  };
  const kept = edited.map(({ item, text }) => (text === undefined ? undefined : item));
  const indents = indentsOf(edited);
  const pairs = kept.flatMap((item, index) => (item?.kind === 'pair' ? [{ item, index }] : []));
  const headers = kept.flatMap((item, index) => (item?.kind === 'header' ? [{ item, index }] : []));
  const isThere = new Set([...pairs, ...headers].map(({ item }) => pathKey(item.path)));
  const exists = (path: TomlPath): boolean => [...pairs, ...headers].some(({ item }) => startsWith(item.path, path));
  const headerOf = (path: TomlPath) => headers.find(({ item }) => !item.array && pathKey(item.path) === pathKey(path));

  function walk(path: TomlPath): void {
    const table = tomlAt(wanted, path);
    if (!isTable(table)) return;
    const keys = Object.keys(table);
    const missing = keys.filter((key) => !isThere.has(pathKey([...path, key])));
    const dotted = headerOf(path) === undefined ? dottedPair(path) : undefined;
    const fresh = missing.filter((key) => !exists([...path, key]));
    const scalars = fresh.filter((key) => dotted !== undefined || !isBlock(table[key]));
    if (scalars.length > 0) insertPairs(path, style.order === 'sorted' ? scalars.sort() : scalars, table, dotted);
    for (const key of keys) {
      const inline = pairs.some(({ item }) => pathKey(item.path) === pathKey([...path, key]));
      if (!fresh.includes(key) && !inline) walk([...path, key]);
    }
    // Last, since a header ends what is above it: more than one of these may go to the same place.
    const blocks = dotted === undefined ? fresh.filter((key) => isBlock(table[key])) : [];
    for (const key of style.order === 'sorted' ? blocks.sort() : blocks) insertBlock(path, key, table[key]);
  }

  /** A pair whose dotted key makes the table: it cannot be opened again by a header. */
  const dottedPair = (path: TomlPath) =>
    pairs.findLast(
      ({ item }) => startsWith(item.path, path) && item.path.length > path.length && item.table.length < path.length,
    );

  function insertPairs(
    path: TomlPath,
    keys: readonly string[],
    table: TomlTable,
    dotted: (typeof pairs)[number] | undefined,
  ): void {
    const prefix = dotted === undefined ? [] : path.slice(dotted.item.table.length);
    const lines = (indent: string, names: readonly string[]): string[] =>
      names.flatMap((key) => {
        const value = table[key];
        if (value === undefined) return [];
        const { above, behind } = remarksAt([...path, key]) ?? { above: [], behind: '' };
        const name = [...prefix, key].map((part) => tomlKey(part, style)).join('.');
        return [...above.map((one) => indent + one), `${indent}${name} = ${tomlValue(value, style)}${behind}`];
      });
    if (dotted !== undefined) return put(dotted.index + 1, ...lines(indentOf(dotted.item.text), keys));

    const header = headerOf(path);
    const own = pairs.filter(({ item }) => pathKey(item.table) === pathKey(path));
    const last = own.at(-1);
    const first = own[0];
    if (path.length === 0) {
      // The version goes first; the rest behind what is there.
      const version = keys.filter((key) => key === 'version');
      const rest = keys.filter((key) => key !== 'version');
      const top = beforeComments(first?.index ?? headers[0]?.index ?? kept.length);
      const bottom = last === undefined ? top : last.index + 1;
      put(top, ...lines('', version), ...(top === bottom ? lines('', rest) : []));
      if (top !== bottom) put(bottom, ...lines('', rest));
      if (last === undefined && headers.length > 0) put(top, '');
    } else if (header !== undefined) {
      const indent = last === undefined ? indentOf(header.item.text) + indents.pair : indentOf(last.item.text);
      put((last?.index ?? header.index) + 1, ...lines(indent, keys));
    } else {
      const below = headers.find(({ item }) => startsWith(item.path, path));
      const index = beforeComments(below?.index ?? kept.length);
      const indent = below === undefined ? '' : indentOf(below.item.text);
      const { above, behind } = remarksAt(path) ?? { above: [], behind: '' };
      const head = `[${path.map((part) => tomlKey(part, style)).join('.')}]${behind}`;
      put(index, '', ...above.map((one) => indent + one), indent + head, ...lines(indent + indents.pair, keys), '');
    }
  }

  function insertBlock(parent: TomlPath, key: string, value: TomlValue | undefined): void {
    if (!isBlock(value)) return;
    const beside = headers.filter(
      ({ item }) =>
        startsWith(item.path, parent) && item.path.length > parent.length && item.path[parent.length] !== key,
    );
    const sibling = beside.find(({ item }) => item.path.length === parent.length + 1) ?? undefined;
    const own = headerOf(parent);
    const indent =
      sibling !== undefined
        ? indentOf(sibling.item.text)
        : own !== undefined && parent.length > 0
          ? indentOf(own.item.text) + indents.header
          : indentOf(beside[0]?.item.text ?? '');
    const lines = tomlBlock([...parent, key], value, style, remarksAt).map((line) =>
      line === '' ? line : indent + (indents.pair === '' ? line.trimStart() : line),
    );
    put(placeOf(parent, key, beside), '', ...lines, '');
  }

  function placeOf(parent: TomlPath, key: string, beside: typeof headers): number {
    const before = beside.filter(({ item }) => style.order === 'last' || (item.path[parent.length] ?? '') < key).at(-1);
    if (before !== undefined) return endOfBlock(before.index);
    const own = headerOf(parent);
    if (own !== undefined) return endOfBlock(own.index);
    const next = beside[0];
    return next === undefined ? kept.length : beforeComments(next.index);
  }

  /** Behind the last pair of a header's block, and what is said below it. */
  function endOfBlock(header: number): number {
    const next = headers.find(({ index }) => index > header)?.index;
    let end = next === undefined ? kept.length : beforeComments(next);
    while (end > header + 1 && edited[end - 1]?.item.kind === 'blank') end -= 1;
    return end;
  }

  /** Where the comment lines that belong to an item start. */
  function beforeComments(index: number): number {
    let start = index;
    while (start > 0 && kept[start - 1]?.kind === 'comment') start -= 1;
    return start;
  }

  walk([]);
  return inserted;
}

const isBlock = (value: TomlValue | undefined): value is TomlTable | TomlTable[] =>
  isTable(value) || isTableArray(value);

const indentOf = (text: string): string => /^[ \t]*/.exec(text)?.[0] ?? '';

/** How far the file sets off headers below headers, and pairs below their header. */
function indentsOf(edited: readonly EditedItem[]): { readonly header: string; readonly pair: string } {
  let header = '';
  let pair: string | undefined;
  let above = '';
  for (const { item } of edited) {
    if (item.kind === 'header') {
      above = indentOf(item.text);
      if (above !== '') header = '  ';
    } else if (item.kind === 'pair' && item.table.length > 0) {
      pair ??= indentOf(item.text).length > above.length ? '  ' : '';
    }
  }
  const anyHeader = edited.some(({ item }) => item.kind === 'header');
  return { header: anyHeader ? header : '  ', pair: pair ?? '  ' };
}
