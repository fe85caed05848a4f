import type { Source } from './source.js';
import type { TextRole } from './views.js';

/** A text that is no structure, or that is read as a text beside its structure. */
export interface SourceText {
  readonly text: string;
  readonly role: TextRole;
  /** A place in it is the empty path with an offset into the text. */
  readonly source: Source;
  /** Where it begins in the text that was parsed, in UTF-16 code units. */
  readonly offset: number;
}
