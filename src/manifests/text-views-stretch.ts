import type { Path } from './place.js';
import type { Source } from './source.js';

/** Of a part of a string: the root's offsets count from `start` of the string at `path`. */
export function placedStretch(outer: Source, path: Path, start: number): Source {
  return {
    locate: (place) => outer.locate({ ...place, path, offset: start + (place.offset ?? 0), length: place.length ?? 1 }),
    lineText: (line) => outer.lineText(line),
  };
}
