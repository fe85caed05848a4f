import { TomlDate, type TomlTable, type TomlValue } from 'smol-toml';

export interface TomlStyle {
  /** Around keys that cannot stand bare. */
  readonly keyQuote: '"' | "'";
}

/**
 * Writes a table in the layout of containerd's own documentation: scalars before tables, each sorted, `version` first;
 * a header per table that has scalars, indented by two spaces under the header above it.
 */
export function writeToml(table: TomlTable, style: TomlStyle): string {
  const lines: string[] = [];
  writeTable(table, [], 0, lines, style);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

export const isTable = (value: TomlValue | undefined): value is TomlTable =>
  typeof value === 'object' && !Array.isArray(value) && !(value instanceof TomlDate);

const isTableArray = (value: TomlValue): value is TomlTable[] =>
  Array.isArray(value) && value.length > 0 && value.every(isTable);

function writeTable(table: TomlTable, path: readonly string[], depth: number, lines: string[], style: TomlStyle): void {
  const keys = Object.keys(table).sort((a, b) => rank(path, a) - rank(path, b) || (a < b ? -1 : 1));
  const indent = '  '.repeat(depth);
  for (const key of keys) {
    const value = table[key];
    if (value === undefined || isTable(value) || isTableArray(value)) continue;
    lines.push(`${indent}${keyText(key, style)} = ${valueText(value, style)}`);
  }
  for (const key of keys) {
    const value = table[key];
    if (value === undefined) continue;
    const inner = [...path, key];
    const header = inner.map((part) => keyText(part, style)).join('.');
    if (isTable(value)) {
      const bare = Object.values(value);
      // A table that only holds tables is there by their names.
      const silent = bare.length > 0 && bare.every((one) => isTable(one) || isTableArray(one));
      if (!silent) writeHeader(`[${header}]`, indent, lines);
      writeTable(value, inner, silent ? depth : depth + 1, lines, style);
    } else if (isTableArray(value)) {
      for (const one of value) {
        writeHeader(`[[${header}]]`, indent, lines);
        writeTable(one, inner, depth + 1, lines, style);
      }
    }
  }
}

function writeHeader(header: string, indent: string, lines: string[]): void {
  if (lines.length > 0) lines.push('');
  lines.push(indent + header);
}

const rank = (path: readonly string[], key: string): number => (path.length === 0 && key === 'version' ? 0 : 1);

function keyText(key: string, { keyQuote }: TomlStyle): string {
  if (/^[A-Za-z0-9_-]+$/.test(key)) return key;
  return keyQuote === "'" && /^[\x20-\x26\x28-\x7e]*$/.test(key) ? `'${key}'` : stringText(key);
}

function valueText(value: TomlValue, style: TomlStyle): string {
  if (typeof value === 'string') return stringText(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return floatText(value);
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return `[${value.map((one) => valueText(one, style)).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, one]) => `${keyText(key, style)} = ${valueText(one, style)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** Integers are kept as bigint, so that a float stays one: containerd is strict about `1` where it expects `1.0`. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  return /[.e]/.test(String(value)) ? String(value) : `${value}.0`;
}

const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

const stringText = (text: string): string =>
  `"${text.replace(
    /["\\\u0000-\u001f\u007f]/g,
    (char) => SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}"`;
