export interface TextOptions {
  readonly color: boolean;
  /** Columns to fold at; `Infinity` folds nothing. Paths, names and diffs are never broken. */
  readonly width: number;
}
