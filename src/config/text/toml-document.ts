import { parse, TomlError, type TomlTable } from 'smol-toml';
import { messageOf } from '../../core/errors.js';
import { notUnderstood, understood, type Parsed } from './parsed.js';
import { isTable } from './toml-text.js';

/** Reads TOML with integers as bigint, so that writing it again loses nothing. */
export function parseToml(text: string): Parsed<TomlTable> {
  try {
    // A byte order mark is no TOML, and Windows editors leave one.
    return understood(parse(text.replace(/^\uFEFF/, ''), { integersAsBigInt: true }));
  } catch (error) {
    const reason =
      messageOf(error)
        .split('\n')[0]
        ?.replace(/^Invalid TOML document: /, '') ?? '';
    return notUnderstood(error instanceof TomlError ? error.line : 1, reason);
  }
}

/** The table at a path, if there is one. */
export function tableAt(root: TomlTable | undefined, ...path: readonly string[]): TomlTable | undefined {
  let table = root;
  for (const key of path) {
    const next = table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
    table = isTable(next) ? next : undefined;
  }
  return table;
}

/** A table without some of its keys. */
export const withoutKeys = (table: TomlTable, ...keys: readonly string[]): TomlTable =>
  Object.fromEntries(Object.entries(table).filter(([key]) => !keys.includes(key)));

/** `over` on top of `under`, table by table. */
export function mergeTables(under: TomlTable, over: TomlTable): TomlTable {
  const merged: TomlTable = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isTable(value) && isTable(below) ? mergeTables(below, value) : value;
  }
  return merged;
}

export const stringAt = (table: TomlTable | undefined, key: string): string | undefined => {
  const value = table?.[key];
  return typeof value === 'string' ? value : undefined;
};

export const stringsAt = (table: TomlTable | undefined, key: string): readonly string[] => {
  const value = table?.[key];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
};
