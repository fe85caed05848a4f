import { documentSource } from './document-source.js';
import { mappedOrigin, type Origin } from './origin.js';
import type { ParsedPart } from './parsed-part.js';
import type { SourceDocument } from './source-document.js';

/** A part of a text as a document, placed where the text stands. */
export function partDocument(
  { value, form, template, spans, quick, toText }: ParsedPart,
  origin: Origin,
): SourceDocument {
  return { source: documentSource(mappedOrigin(origin, toText), spans, quick), value, form, template };
}
