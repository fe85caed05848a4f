import type { Span } from './span-node.js';

/** From a part of a text to the text, when the part stands in it as it is. */
export const shiftedBy =
  (by: number) =>
  ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
