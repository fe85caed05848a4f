export interface TextLine {
  /** Without its end. */
  readonly text: string;
  /** In the whole text, in UTF-16 code units. */
  readonly offset: number;
}

/** The lines of a text, one at a time: texts of many megabytes occur. */
export function* linesOf(text: string): Iterable<TextLine> {
  let offset = 0;
  while (offset <= text.length) {
    const found = text.indexOf('\n', offset);
    const end = found === -1 ? text.length : found;
    yield { text: text.slice(offset, text[end - 1] === '\r' && end > offset ? end - 1 : end), offset };
    offset = end + 1;
  }
}
