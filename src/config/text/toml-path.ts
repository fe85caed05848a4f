import type { TomlTable, TomlValue } from 'smol-toml';
import { isTable } from './toml-text.js';

/** The keys from the root of a document to a value, through tables and not into arrays. */
export type TomlPath = readonly string[];

export const pathKey = (path: TomlPath): string => JSON.stringify(path);

export const startsWith = (path: TomlPath, prefix: TomlPath): boolean =>
  path.length >= prefix.length && prefix.every((key, index) => path[index] === key);

export function tomlAt(root: TomlTable, path: TomlPath): TomlValue | undefined {
  let value: TomlValue | undefined = root;
  for (const key of path) value = isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** Every value that is no table, with its path; arrays are values. */
export function tomlLeaves(
  table: TomlTable,
  above: TomlPath = [],
): readonly (readonly [path: TomlPath, value: TomlValue])[] {
  return Object.entries(table).flatMap(([key, value]) =>
    isTable(value) ? tomlLeaves(value, [...above, key]) : [[[...above, key], value] as const],
  );
}
