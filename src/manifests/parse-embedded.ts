import { originIn } from './origin.js';
import { parseParts } from './parse-parts.js';
import { partDocument } from './part-document.js';
import type { Path } from './place.js';
import type { Source } from './source.js';
import type { SourceDocument } from './source-document.js';

/** A line that a mapping, a list of mappings, a table or a block may have. */
const STRUCTURE =
  /^[ \t]*(?:- +)?(?:["']?[\w./$*<-][^\s:=#]{0,200}["']?[ \t]*(?::(?:\s|$)|=[ \t]*\S)|\[{1,2}[\w.]|\w+(?: "[^"\r\n]*"){1,2} \{)/m;

/**
 * The documents in a string of another document, placed in the outermost file; none when it is no structure. Quick to say no:
 * every string of a document is asked.
 */
export function parseEmbedded(text: string, outer: Source, place: Path): SourceDocument[] {
  if (!mayBeStructure(text)) return [];
  const origin = originIn(outer, place);
  const { parts } = parseParts(text);
  return parts.filter(({ value }) => isStructure(value)).map((part) => partDocument(part, origin));
}

function mayBeStructure(text: string): boolean {
  if (text.length < 6) return false;
  const first = text.charCodeAt(0);
  const isBracketed = first === 0x7b /* { */ || first === 0x5b /* [ */ || /^\s+[{[]/.test(text.slice(0, 200));
  if (isBracketed && /^\s*(?:\{\s*["}{]|\[\s*[[{"\]])/.test(text.slice(0, 200))) return true;
  return text.includes('\n') && !text.startsWith('#!') && STRUCTURE.test(text);
}

/** A mapping, or a list of mappings; a list of words is a value like any other. */
function isStructure(value: unknown): boolean {
  if (!Array.isArray(value)) return true;
  return value.some((item) => item !== null && typeof item === 'object');
}
