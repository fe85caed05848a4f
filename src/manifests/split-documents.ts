import { hasContent } from './has-content.js';
import type { Span } from './span-node.js';

/** A line that ends a document, even inside of a block scalar. */
const MARKER = /(?:^|[\r\n])((?:---|\.\.\.)(?:[ \t]+|(?=[\r\n]|$)))/g;

/** Only directives, comments and blank lines, and at least one directive. */
const DIRECTIVES = /^(?:[ \t]*(?:#[^\r\n]*)?[\r\n])*%(?:YAML|TAG)\b/;

/**
 * The documents of a YAML stream, without their markers. The text is cut before it is parsed, so that a document that is not
 * valid hides none after it. Directives stay, together with the marker that ends them.
 */
export function splitDocuments(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  /** The document has had its directives. */
  let headed = false;
  for (const match of text.matchAll(MARKER)) {
    const marker = match[1] ?? '';
    const end = match.index + match[0].length - marker.length;
    const isHeader: boolean =
      !headed && marker.startsWith('---') && DIRECTIVES.test(text.slice(start, Math.min(end, start + 4096)));
    headed = isHeader;
    if (isHeader) continue;
    spans.push({ start, end });
    start = end + marker.length;
  }
  spans.push({ start, end: text.length });
  return spans.filter((span) => hasContent(text, span));
}
