import { TomlDate, type TomlTable, type TomlValue } from 'smol-toml';

export interface TomlStyle {
  /** Around keys that cannot stand bare. */
  readonly keyQuote: '"' | "'";
}

export const isTable = (value: TomlValue | undefined): value is TomlTable =>
  typeof value === 'object' && !Array.isArray(value) && !(value instanceof TomlDate);

export const isTableArray = (value: TomlValue | undefined): value is TomlTable[] =>
  Array.isArray(value) && value.length > 0 && value.every(isTable);

/** A key, or one part of a dotted key. */
export function tomlKey(key: string, { keyQuote }: TomlStyle): string {
  if (/^[A-Za-z0-9_-]+$/.test(key)) return key;
  return keyQuote === "'" && /^[\x20-\x26\x28-\x7e]*$/.test(key) ? `'${key}'` : stringText(key);
}

/** A value on one line. */
export function tomlValue(value: TomlValue, style: TomlStyle): string {
  if (typeof value === 'string') return stringText(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return floatText(value);
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return `[${value.map((one) => tomlValue(one, style)).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, one]) => `${tomlKey(key, style)} = ${tomlValue(one, style)}`);
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
