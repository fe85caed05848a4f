import type { TomlTable } from 'smol-toml';
import { parseToml } from './toml-document.js';
import { tomlEqual } from './toml-equal.js';
import { tomlItems, type TomlItem } from './toml-items.js';
import { tomlInsertions } from './toml-insertions.js';
import { pathKey, startsWith, tomlAt, type TomlPath } from './toml-path.js';
import { isTable, tomlValue, type TomlStyle } from './toml-text.js';
import { writeToml, type TomlRemarks } from './toml-writer.js';

export interface TomlEditStyle extends TomlStyle {
  /** New tables among those beside them: by their names, or behind them in the order of the table that is wanted. */
  readonly order: 'sorted' | 'last';
  /** Where a key or a table of the old text goes that is not to stay; its comments go with it. */
  readonly moved?: (path: TomlPath) => TomlPath | undefined;
}

/** A line of the old text with what becomes of it. */
export interface EditedItem {
  readonly item: TomlItem;
  /** Undefined for what goes. */
  text: string | undefined;
}

/**
 * The text changed so that it says what is wanted, with all else as it was: order, spaces, and every comment on a line of its own.
 * A comment behind a key goes when the key does. Undefined where that cannot be done: the text is no TOML, or tables are
 * written in a way that cannot be added to.
 */
export function editToml(text: string, wanted: TomlTable, style: TomlEditStyle): string | undefined {
  const old = parseToml(text);
  if (!old.ok) return undefined;
  if (tomlEqual(old.value, wanted)) return text;
  const bare = text.replace(/^\uFEFF/, '');
  const lineFeed = /\r\n/.test(bare) ? '\r\n' : '\n';
  const items = tomlItems(bare === '' || bare.endsWith('\n') ? bare : bare + lineFeed);
  const edited = items.map((item): EditedItem => ({ item, text: item.text }));
  changeValues(edited, old.value, wanted, style, lineFeed);
  const carried = carryRemarks(edited, wanted, style);
  const inserted = tomlInsertions(edited, wanted, style, (path) => carried.get(pathKey(path)));
  const result = joined(edited, inserted, lineFeed);
  const again = parseToml(result);
  return again.ok && tomlEqual(again.value, wanted) ? result : undefined;
}

/** Marks what goes, and puts changed values in the place of old ones. */
function changeValues(
  edited: EditedItem[],
  old: TomlTable,
  wanted: TomlTable,
  style: TomlEditStyle,
  lineFeed: string,
): void {
  let array: TomlPath | undefined;
  for (const one of edited) {
    const { item } = one;
    if (item.kind !== 'header' && item.kind !== 'pair') continue;
    if (item.kind === 'header' && !(array !== undefined && startsWith(item.path, array))) {
      array = item.array ? item.path : undefined;
    }
    // Arrays of tables stay as they are, or go as a whole and are written again.
    if (array !== undefined) {
      if (!tomlEqual(tomlAt(old, array), tomlAt(wanted, array))) one.text = undefined;
      continue;
    }
    const value = tomlAt(wanted, item.path);
    if (item.kind === 'header') {
      if (!isTable(value)) one.text = undefined;
      continue;
    }
    const before = tomlAt(old, item.path);
    if (tomlEqual(before, value)) continue;
    if (value === undefined || isTable(value) !== isTable(before)) one.text = undefined;
    else {
      const raw = item.text.slice(item.start, item.end);
      const indent = /^[ \t]*/.exec(item.text)?.[0] ?? '';
      const above = commentsWithin(raw).map((comment) => indent + comment + lineFeed);
      one.text = [...above, item.text.slice(0, item.start), tomlValue(value, style), item.text.slice(item.end)].join(
        '',
      );
    }
  }
}

/** Comments of things that move go along: those on the lines above, and the one behind. */
function carryRemarks(
  edited: EditedItem[],
  wanted: TomlTable,
  { moved }: TomlEditStyle,
): ReadonlyMap<string, TomlRemarks> {
  const carried = new Map<string, TomlRemarks>();
  const here = new Set(
    edited.flatMap(({ item, text }) => ('path' in item && text !== undefined ? [pathKey(item.path)] : [])),
  );
  edited.forEach(({ item, text }, index) => {
    if (moved === undefined || text !== undefined || !('path' in item)) return;
    const to = moved(item.path);
    if (to === undefined || tomlAt(wanted, to) === undefined || here.has(pathKey(to)) || carried.has(pathKey(to)))
      return;
    const above: string[] = [];
    for (let at = index - 1; edited[at]?.item.kind === 'comment' && edited[at]?.text !== undefined; at -= 1) {
      const comment = edited[at];
      if (comment === undefined) break;
      above.unshift(comment.item.text.trim());
      comment.text = undefined;
    }
    const behind = /^[ \t]*#[^\r\n]*/.exec(item.text.slice(item.end))?.[0].trimEnd() ?? '';
    if (above.length > 0 || behind !== '') carried.set(pathKey(to), { above, behind });
  });
  return carried;
}

/** The text of what stays with what is new; where something went or came, the empty lines around it become one. */
function joined(
  edited: readonly EditedItem[],
  inserted: ReadonlyMap<number, readonly string[]>,
  lineFeed: string,
): string {
  const parts: string[] = [];
  let gap = false;
  const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';
  for (let index = 0; index <= edited.length; index += 1) {
    for (const line of inserted.get(index) ?? []) {
      if (line === '' && isBlank(parts.at(-1))) continue;
      parts.push(line + lineFeed);
      gap = true;
    }
    const one = edited[index];
    if (one === undefined) break;
    if (one.text === undefined) gap = true;
    else if (one.item.kind === 'blank') {
      if (gap && isBlank(parts.at(-1))) continue;
      parts.push(one.text);
    } else {
      parts.push(one.text);
      gap = false;
    }
  }
  // At the end, too, of a text whose last table went or is new.
  while (gap && parts.length > 0 && isBlank(parts.at(-1))) parts.pop();
  return parts.join('');
}

/** Comments in a value that goes over several lines. */
function commentsWithin(raw: string): string[] {
  if (!raw.includes('\n') || !/^[[{]/.test(raw)) return [];
  return [
    ...raw.replace(/"(?:\\.|[^"\\\n])*"|'[^'\n]*'/g, (text) => '.'.repeat(text.length)).matchAll(/#[^\r\n]*/g),
  ].map(({ 0: found, index }) => raw.slice(index, index + found.length).trimEnd());
}

/** As {@link editToml}; what cannot be edited is written anew, with its comments above. */
export function editOrWriteToml(text: string, wanted: TomlTable, style: TomlEditStyle): string {
  const edited = editToml(text, wanted, style);
  if (edited !== undefined) return edited;
  const comments = tomlItems(text).flatMap(({ kind, text: line }) => (kind === 'comment' ? [line.trim()] : []));
  const written = writeToml(wanted, style);
  return comments.length === 0 ? written : `${comments.join('\n')}\n\n${written}`;
}
