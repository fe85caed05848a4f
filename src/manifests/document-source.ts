import { findSpan } from './find-span.js';
import type { Origin } from './origin.js';
import type { Place } from './place.js';
import type { Source } from './source.js';
import type { Span, SpanNode } from './span-node.js';

/** Finds places by a tree of spans that is built when the first one is asked for that has no quicker answer. */
export function documentSource(
  origin: Origin,
  spans: () => SpanNode,
  quick: (place: Place) => Span | undefined = () => undefined,
): Source {
  let root: SpanNode | undefined;
  return {
    locate: (place) => origin.locate(quick(place) ?? findSpan((root ??= spans()), place)),
    lineText: (line) => origin.lineText(line),
  };
}
