import type { Source } from './source.js';

/** One parsed document: of a file, of a stream, of a string inside of another document, or a live object. */
export interface SourceDocument {
  readonly source: Source;
  /** Plain JSON values. Anchors are shared objects: walk with a budget. */
  readonly value: unknown;
  readonly form: 'yaml' | 'json' | 'toml' | 'hcl' | 'live';
  /** It became parsable only after template directives or placeholders were taken out. */
  readonly template: boolean;
}
