import type { Path } from './place.js';
import type { Source } from './source.js';

/** Of a text that is encoded where it stands: every place in it is the whole of it. */
export function decodedSource(outer: Source, path: Path): Source {
  return {
    locate: () => outer.locate({ path }),
    lineText: (line) => outer.lineText(line),
  };
}
