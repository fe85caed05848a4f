import type { Place } from './place.js';
import type { Source } from './source.js';

/** A live object has values and no lines. */
export function liveSource(root: unknown): Source {
  return {
    locate: () => undefined,
    lineText: () => undefined,
    textAt: (place) => textAt(root, place),
  };
}

function textAt(root: unknown, { path, key, offset, length }: Place): string | undefined {
  if (key === true) return String(path.at(-1) ?? '');
  let value = root;
  for (const step of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return offset === undefined ? text : text.slice(offset, length === undefined ? undefined : offset + length);
}
