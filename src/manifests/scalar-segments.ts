import type { Segments } from './segments.js';
import type { Span } from './span-node.js';

/**
 * From the characters of a YAML or JSON string to where they stand among its quotes, escapes, folds and indentation. The value
 * is needed for block scalars; undefined when it does not agree with the text.
 */
export function scalarSegments(text: string, { start, end }: Span, value?: string): Segments | undefined {
  const first = text[start];
  const isBlock = value !== undefined && (first === '|' || first === '>') && end > start;
  const segments = isBlock ? blockSegments(text, start, end, value) : flowSegments(text, start, end);
  return value === undefined || segments?.length === value.length ? segments : undefined;
}

/** Line by line: the indentation is what a line has more of than its value. */
function blockSegments(text: string, start: number, end: number, value: string): Segments | undefined {
  const at = [0];
  const raw = [start];
  let done = 0;
  const lines = /[^\r\n]*(?:\r\n|\n|\r|$)/y;
  lines.lastIndex = start;
  lines.test(text);
  const indent = firstIndent(text, lines.lastIndex) - firstIndent(value, 0);
  while (lines.lastIndex < Math.min(end, text.length)) {
    const from = lines.lastIndex;
    lines.test(text);
    const line = text.slice(from, lines.lastIndex).replace(/[\r\n]+$/, '');
    const content = line.slice(indent);
    if (content === '') continue;
    const before = done;
    while (value[done] === '\n') done++;
    // Folded: the line break became a space.
    if (done === before && done > 0 && value[done] === ' ' && !value.startsWith(content, done)) done++;
    if (!value.startsWith(content, done)) return undefined;
    at.push(done);
    raw.push(from + indent);
    done += content.length;
  }
  return { at, raw, length: value.length };
}

/** Of the first line with content, from a line's beginning on. */
function firstIndent(text: string, from: number): number {
  const content = /\S/g;
  content.lastIndex = from;
  const at = content.exec(text)?.index ?? from;
  let start = at;
  while (start > from && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return at - start;
}

const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Plain, single- and double-quoted scalars over any number of lines. */
function flowSegments(text: string, start: number, end: number): Segments {
  const quote = text[start] === '"' || text[start] === "'" ? text[start] : '';
  const from = start + quote.length;
  const to = end - quote.length;
  const at = [0];
  const raw = [from];
  let decoded = 0;
  let offset = from;
  const jump = (rawLength: number, decodedLength: number): void => {
    offset += rawLength;
    decoded += decodedLength;
    at.push(decoded);
    raw.push(offset);
  };
  const special = /[\\'\r\n\t ]/g;
  const blank = /[ \t]*/y;
  const breaks = /[ \t\r\n]*/y;
  while (offset < to) {
    special.lastIndex = offset;
    const next = Math.min(special.exec(text)?.index ?? to, to);
    decoded += next - offset;
    offset = next;
    if (offset >= to) break;
    const character = text[offset];
    const isEscape = character === '\\' && quote === '"';
    blank.lastIndex = offset;
    blank.test(text);
    const after = isEscape ? offset + 1 : Math.min(blank.lastIndex, to);
    if (after < to && (text[after] === '\n' || text[after] === '\r')) {
      breaks.lastIndex = after;
      breaks.test(text);
      const count = text.slice(after, breaks.lastIndex).match(/\r\n|\n|\r/g)?.length ?? 1;
      jump(breaks.lastIndex - offset, isEscape ? 0 : Math.max(1, count - 1));
    } else if (isEscape) {
      const hex = HEX_LENGTH[text[offset + 1] ?? ''] ?? 0;
      const isPair = hex === 8 && parseInt(text.slice(offset + 2, offset + 10), 16) > 0xffff;
      jump(2 + hex, isPair ? 2 : 1);
    } else if (character === "'" && quote === "'") jump(2, 1);
    else {
      const length = Math.max(1, after - offset);
      offset += length;
      decoded += length;
    }
  }
  return { at, raw, length: decoded };
}
