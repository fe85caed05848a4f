import type { Place } from './place.js';
import type { SourceDocument } from './source-document.js';
import type { Span, SpanNode } from './span-node.js';
import type { TextRole } from './views.js';

/** A document as a parser found it in a text. */
export interface ParsedPart {
  readonly value: unknown;
  readonly form: SourceDocument['form'];
  readonly template: boolean;
  /** In the text that was parsed in the end, which is a part of the given one or made from it. */
  readonly spans: () => SpanNode;
  /** The same for one place, where there is a short way. */
  readonly quick?: (place: Place) => Span | undefined;
  /** From there to the given text. */
  readonly toText: (span: Span) => Span;
}

/** What could not be parsed, and why: the end of a sentence, without the text's own words. */
export interface ParseFailure {
  readonly offset: number;
  readonly reason: string;
}

/** `unknown` when nothing is said. */
export interface ParsedTextPart extends Span {
  readonly role?: TextRole;
}

export interface ParsedParts {
  readonly parts: readonly ParsedPart[];
  /** What is no document, or is worth reading beside it. */
  readonly texts: readonly ParsedTextPart[];
  readonly failures: readonly ParseFailure[];
}
