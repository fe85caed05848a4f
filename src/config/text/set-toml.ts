import type { TomlTable, TomlValue } from 'smol-toml';
import type { TomlPath } from './toml-path.js';
import { isTable } from './toml-text.js';

/** The table with a value at a path, through tables that are made where there are none; undefined takes away what is there. */
export function setToml(table: TomlTable, [key, ...rest]: TomlPath, value: TomlValue | undefined): TomlTable {
  if (key === undefined) return table;
  const below = Object.hasOwn(table, key) ? table[key] : undefined;
  if (rest.length > 0) {
    if (value === undefined && !isTable(below)) return table;
    return { ...table, [key]: setToml(isTable(below) ? below : {}, rest, value) };
  }
  if (value !== undefined) return { ...table, [key]: value };
  const { [key]: _gone, ...kept } = table;
  return kept;
}
