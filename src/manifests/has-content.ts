import type { Span } from './span-node.js';

const CONTENT = /[ \t]*(?:#[^\r\n]*)?(?:[\r\n]+|$)/y;

/** Anything but blank lines and comments. */
export function hasContent(text: string, { start, end }: Span): boolean {
  CONTENT.lastIndex = start;
  while (CONTENT.lastIndex < end) {
    const before = CONTENT.lastIndex;
    if (!CONTENT.test(text)) return true;
    if (CONTENT.lastIndex === before) return false;
  }
  return false;
}
