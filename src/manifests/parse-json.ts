import { jsonSpans } from './json-spans.js';
import { valueEnd } from './json-value-end.js';
import { plainJson } from './plain-json.js';
import type { ParsedPart, ParsedParts, ParseFailure } from './parsed-part.js';
import { shiftedBy } from './shifted-by.js';
import type { Span } from './span-node.js';

/** A stream of more broken values than these is no JSON any more. */
const MAX_FAILURES = 100;

/**
 * The documents of a JSON text: one value; a value with comments and trailing commas; or several one after the other, on lines
 * of their own or not, of which some may be broken. Undefined when it is none of these.
 */
export function parseJson(text: string): ParsedParts | undefined {
  const start = text.search(/\S/);
  if (!/^(?:\{(?![{%])|\[)/.test(text.slice(start, start + 2))) return undefined;
  const whole = jsonPart(text, 0, text.length) ?? lenientPart(text);
  if (whole !== undefined) return { parts: [whole], texts: [], failures: [] };
  return parseStream(text, start);
}

function parseStream(text: string, start: number): ParsedParts | undefined {
  const parts: ParsedPart[] = [];
  const texts: Span[] = [];
  const failures: ParseFailure[] = [];
  for (let at = start; at < text.length; at = nextValue(text, at)) {
    const end = valueEnd(text, at);
    const isStructure = text[at] === '{' || text[at] === '[';
    const part = isStructure ? jsonPart(text, at, end) : undefined;
    if (part !== undefined) {
      parts.push(part);
      at = end;
      continue;
    }
    if (parts.length === 0 && failures.length === 0) return undefined;
    const next = failures.length < MAX_FAILURES ? text.indexOf('\n{', at) : -1;
    const stop = next === -1 ? text.length : next;
    texts.push({ start: at, end: stop });
    failures.push({ offset: at, reason: 'not valid JSON' });
    at = stop;
  }
  return { parts, texts, failures };
}

function nextValue(text: string, from: number): number {
  const value = /\S/g;
  value.lastIndex = from;
  return value.exec(text)?.index ?? text.length;
}

function lenientPart(text: string): ParsedPart | undefined {
  const plain = plainJson(text);
  return plain === undefined ? undefined : jsonPart(text, 0, text.length, plain);
}

/** Undefined where it is not valid, or no structure. */
function jsonPart(text: string, start: number, end: number, plain = text.slice(start, end)): ParsedPart | undefined {
  try {
    const value: unknown = JSON.parse(plain);
    if (value === null || typeof value !== 'object') return undefined;
    return { value, form: 'json', template: false, spans: () => jsonSpans(plain), toText: shiftedBy(start) };
  } catch {
    return undefined;
  }
}
