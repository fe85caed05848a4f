import type { TomlTable, TomlValue } from 'smol-toml';
import { parseToml, tableAt } from '../text/toml-document.js';
import { isTable } from '../text/toml-writer.js';

/** What CRI-O says of a key in the text of `crio config`. */
export type CrioSetting =
  | { readonly said: 'value' | 'default'; readonly value: TomlValue }
  /** 1.21 to 1.23 leave out what has its default value; every version leaves out what it does not know. */
  | { readonly said: 'nothing' };

/**
 * Reads one key of `crio config`. From 1.24 on defaults are there as comments; up to 1.20 the keys of `[crio]` always are.
 */
export function crioSetting(text: string, path: readonly string[]): CrioSetting {
  const parsed = parseToml(text);
  const key = path.at(-1) ?? '';
  const table: TomlTable | undefined = parsed.ok ? tableAt(parsed.value, ...path.slice(0, -1)) : undefined;
  const value = table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
  if (value !== undefined) return { said: 'value', value };
  const commented = commentedDefault(text, path.slice(0, -1).join('.'), key);
  return commented === undefined ? { said: 'nothing' } : { said: 'default', value: commented };
}

/** `# pids_limit = -1`, also a list over several lines, below its table's header; handlers have no defaults. */
function commentedDefault(text: string, section: string, key: string): TomlValue | undefined {
  const lines = text.split('\n');
  let current = '';
  for (const [at, line] of lines.entries()) {
    current = /^\[([a-z.]+)\]$/.exec(line)?.[1] ?? current;
    const [, start] = current === section ? (new RegExp(`^#\\s?${key} = (.*)$`).exec(line) ?? []) : [];
    if (start === undefined) continue;
    const rest = start === '[' ? lines.slice(at + 1) : [];
    const end = rest.findIndex((one) => /^#?\s*\]/.test(one));
    const inner = rest.slice(0, end + 1).map((one) => one.replace(/^#\s?/, ''));
    const parsed = parseToml(`value = ${[start, ...inner].join('\n')}`);
    const value = parsed.ok ? parsed.value['value'] : undefined;
    if (value !== undefined && !isTable(value)) return value;
  }
  return undefined;
}
