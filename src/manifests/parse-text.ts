import { mappedOrigin, type Origin } from './origin.js';
import { parseParts } from './parse-parts.js';
import { partDocument } from './part-document.js';
import { shiftedBy } from './shifted-by.js';
import type { SourceDocument } from './source-document.js';
import type { SourceText } from './source-text.js';
import { textLines } from './text-lines.js';
import { textSource } from './text-source.js';

/** All that a text holds: what is no document is a text; what should have been a document and is not valid is an error, too. */
export interface ParsedText {
  readonly documents: readonly SourceDocument[];
  readonly texts: readonly SourceText[];
  readonly errors: readonly { readonly line: number; readonly message: string }[];
  /** Some of it became parsable only after something was taken out. */
  readonly template: boolean;
}

/** Parses a file's text, whatever it is in: YAML, JSON, TOML, Terraform, templates of these, or none. Never throws. */
export function parseText(written: string): ParsedText {
  const text = written.startsWith('\ufeff') ? written.slice(1) : written;
  const { parts, texts, failures } = parseParts(text);
  const origin: Origin = textLines(text);
  const documents = parts.map((part) => partDocument(part, origin));
  return {
    documents,
    texts: texts.map(({ start, end, role = 'unknown' }) => {
      const part = text.slice(start, end);
      return { text: part, role, source: textSource(mappedOrigin(origin, shiftedBy(start)), part), offset: start };
    }),
    errors: failures.map(({ offset, reason }) => ({
      line: origin.locate({ start: offset, end: offset })?.line ?? 1,
      message: reason,
    })),
    template: documents.some((document) => document.template),
  };
}
