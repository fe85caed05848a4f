import type { Location } from '../core/finding.js';
import type { Span } from './span-node.js';

/** The lines of a text; LF, CRLF and a lone CR end one, as they do in YAML. */
export interface TextLines {
  locate(span: Span): Location;
  /** Counted from 1, without its end; undefined past the end. */
  lineText(line: number): string | undefined;
}

/** Lines are looked for only when first asked. */
export function textLines(text: string): TextLines {
  let known: number[] | undefined;
  const starts = (): number[] => (known ??= lineStarts(text));
  const position = (offset: number): { line: number; column: number } => {
    const all = starts();
    let low = 0;
    let high = all.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((all[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (all[low] ?? 0) + 1 };
  };
  return {
    locate({ start, end }) {
      const from = position(Math.min(start, text.length));
      const to = position(Math.min(Math.max(end, start), text.length));
      return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
    },
    lineText(line) {
      const from = starts()[line - 1];
      if (from === undefined) return undefined;
      return text.slice(from, starts()[line]).replace(/(?:\r\n|\n|\r)$/, '');
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x0a && code !== 0x0d) continue;
    if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) at++;
    starts.push(at + 1);
  }
  return starts;
}
