/**
 * How a decoded text (a scalar without its quotes and escapes, a template without its directives) maps to the text it was
 * read from: pieces of which each stands there unchanged, or one character that an escape stands for.
 */
export interface Segments {
  /** Where each piece begins in the decoded text, ascending, the first at 0. */
  readonly at: readonly number[];
  /** Where each piece begins in the original text. */
  readonly raw: readonly number[];
  /** Length of the decoded text. */
  readonly length: number;
}

/** Where a character of the decoded text stands in the original. */
export function rawOffset(segments: Segments, offset: number): number {
  const { at, raw } = segments;
  let low = 0;
  let high = at.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((at[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return (raw[low] ?? 0) + Math.max(0, offset - (at[low] ?? 0));
}

/** Where a stretch that ends before `offset` ends in the original: after its last character, not where the next one begins. */
export function rawEnd(segments: Segments, offset: number): number {
  return offset <= 0 ? rawOffset(segments, 0) : rawOffset(segments, offset - 1) + 1;
}
