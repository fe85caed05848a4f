import { rawEnd, rawOffset, type Segments } from './segments.js';
import type { Span } from './span-node.js';

/** From a text out of which something was taken back to the text as it was. */
export const mappedBy =
  (segments: Segments) =>
  ({ start, end }: Span): Span => {
    const from = rawOffset(segments, start);
    return { start: from, end: end > start ? rawEnd(segments, end) : from };
  };
