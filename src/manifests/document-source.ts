import { findSpan } from './find-span.js';
import type { Origin } from './origin.js';
import type { Source } from './source.js';
import type { SpanNode } from './span-node.js';

/** Finds places by a tree of spans that is built when the first one is asked for. */
export function documentSource(origin: Origin, spans: () => SpanNode): Source {
  let root: SpanNode | undefined;
  return {
    locate: (place) => origin.locate(findSpan((root ??= spans()), place)),
    lineText: (line) => origin.lineText(line),
  };
}
