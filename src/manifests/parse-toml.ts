import { createRequire } from 'node:module';
import type * as Toml from 'smol-toml';
import type { ParsedPart } from './parsed-part.js';
import { tomlSpans } from './toml-spans.js';

const require = createRequire(import.meta.url);

/** A table header, or a key with a value on one line. */
const TOML = /^[ \t]*(?:\[{1,2}[\w."' -]+\]{1,2}[ \t]*(?:#.*)?$|[\w."'-]+[ \t]*=[ \t]*\S)/m;

/** The document of a TOML text; undefined when it is none. The parser is loaded for the first text that may be one. */
export function parseToml(text: string): ParsedPart | undefined {
  if (!TOML.test(text)) return undefined;
  try {
    const { parse } = require('smol-toml') as typeof Toml;
    const value = plain(parse(text));
    return { value, form: 'toml', template: false, spans: () => tomlSpans(text), toText: (span) => span };
  } catch {
    return undefined;
  }
}

/** Dates as strings. */
function plain(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
