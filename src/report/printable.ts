import { maskSecrets } from '../core/secret-markers.js';

// C0, DEL and C1 can steer a terminal (U+009B is an escape by itself); marks of direction and of no width can make a text
// read as another one.
const HOSTILE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const shown = (character: string): string => {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
};

/**
 * The same value with every character that could steer a terminal, or break out of its line, written as an escape, and
 * with asterisks for the markers of secrets.
 * Names and messages come from the cluster and the host: whoever may write there must not write on the operator's screen.
 */
export function printable<T>(value: T): T {
  if (typeof value === 'string') return maskSecrets(value).replace(HOSTILE, shown) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => printable(item)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [printable(key), printable(inner as unknown)]),
  ) as T;
}
