/** Steps from the root of a document to a value: keys and indices. */
export type Path = readonly (string | number)[];

/** A value in a document, or a stretch of the string that stands there. */
export interface Place {
  readonly path: Path;
  /** Points at the key of the last step instead of its value. */
  readonly key?: true;
  /** Into the string at the path, in UTF-16 code units; with `length` a stretch of it. */
  readonly offset?: number;
  readonly length?: number;
}
