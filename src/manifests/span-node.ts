import type { Segments } from './segments.js';

/** A stretch of a text, in UTF-16 code units; the end is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a value of a document stands in its text, and where the values in it do. */
export interface SpanNode extends Span {
  /** Of the key it stands under. */
  readonly key?: Span | undefined;
  /** By key or index; asked for only when a place inside is. */
  child?(step: string | number): SpanNode | undefined;
  /** Of a string: from its characters to the text; undefined when it cannot be told. */
  segments?(): Segments | undefined;
}
