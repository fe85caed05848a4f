import { valueEnd } from './json-value-end.js';
import { scalarSegments } from './scalar-segments.js';
import type { Span, SpanNode } from './span-node.js';

/**
 * Where the values of a JSON text stand. The text is known to be valid. A container is gone through when a place inside of it is
 * asked for, and its parts are stepped over: a list of 10,000 pods is read once, and then only the pods that have findings.
 */
export function jsonSpans(text: string): SpanNode {
  const start = skipSpace(text, 0);
  return valueSpans(text, { start, end: valueEnd(text, start) });
}

function valueSpans(text: string, span: Span, key?: Span): SpanNode {
  const { start, end } = span;
  if (text[start] === '"') {
    let segments: ReturnType<typeof scalarSegments>;
    return { start, end, key, segments: () => (segments ??= scalarSegments(text, span)) };
  }
  if (text[start] !== '{' && text[start] !== '[') return { start, end, key };
  let children: ReadonlyMap<string, SpanNode> | undefined;
  return { start, end, key, child: (step) => (children ??= containerSpans(text, start)).get(String(step)) };
}

function containerSpans(text: string, start: number): ReadonlyMap<string, SpanNode> {
  const children = new Map<string, SpanNode>();
  const isObject = text[start] === '{';
  let at = skipSpace(text, start + 1);
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index++) {
    const first = { start: at, end: valueEnd(text, at) };
    let value: Span = first;
    if (isObject) {
      const from = skipSpace(text, skipSpace(text, first.end) + 1);
      value = { start: from, end: valueEnd(text, from) };
    }
    const name = isObject ? (JSON.parse(text.slice(first.start, first.end)) as string) : String(index);
    children.set(name, valueSpans(text, value, isObject ? first : undefined));
    at = skipSpace(text, value.end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return children;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;) {
    code = text.charCodeAt(++at);
  }
  return at;
}
