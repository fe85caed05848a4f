/** A part of a text, in UTF-16 code units. */
export interface TextStretch {
  readonly offset: number;
  readonly length: number;
}
