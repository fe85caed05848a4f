import type { Place } from './place.js';
import { rawEnd, rawOffset } from './segments.js';
import type { Span, SpanNode } from './span-node.js';

/** The stretch of text that a place means; of the nearest ancestor where there is no such place. */
export function findSpan(root: SpanNode, place: Place): Span {
  let node = root;
  let complete = true;
  for (const step of place.path) {
    const child = node.child?.(step);
    if (child === undefined) {
      complete = false;
      break;
    }
    node = child;
  }
  if (!complete) return beginning(node);
  if (place.key) return node.key ?? node;
  if (place.offset === undefined) return node.end > node.start ? node : (node.key ?? node);
  const segments = node.segments?.();
  if (segments === undefined) return node;
  const from = Math.min(place.offset, segments.length);
  const to = Math.min(from + (place.length ?? 0), segments.length);
  const start = rawOffset(segments, from);
  return { start, end: Math.max(start, to > from ? rawEnd(segments, to) : start) };
}

/** The key names the ancestor better than all that it holds. */
function beginning(node: SpanNode): Span {
  return node.key ?? node;
}
