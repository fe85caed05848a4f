import type { Location } from '../core/finding.js';
import type { Path } from './place.js';
import type { Source } from './source.js';
import type { Span } from './span-node.js';

/** Where a text stands: in a file, or as a string in a document. */
export interface Origin {
  locate(span: Span): Location | undefined;
  /** A line of the file, without its end. */
  lineText(line: number): string | undefined;
}

/** Of a text that is a part of another one, or was made from it. */
export function mappedOrigin(origin: Origin, map: (span: Span) => Span): Origin {
  return { locate: (span) => origin.locate(map(span)), lineText: (line) => origin.lineText(line) };
}

/** Of a string at a path of a document. */
export function originIn(outer: Source, path: Path): Origin {
  return {
    locate: ({ start, end }) => outer.locate({ path, offset: start, length: end - start }),
    lineText: (line) => outer.lineText(line),
  };
}
