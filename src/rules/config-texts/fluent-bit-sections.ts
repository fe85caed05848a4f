import { linesOf } from './lines-of.js';

/** `[INPUT]` and its properties in Fluent Bit's classic format. */
export interface FluentBitSection {
  /** In capitals. */
  readonly name: string;
  readonly properties: readonly FluentBitProperty[];
}

export interface FluentBitProperty {
  /** In small letters: Fluent Bit compares without case. */
  readonly name: string;
  readonly value: string;
  /** Of the property in the text, in UTF-16 code units. */
  readonly offset: number;
  readonly length: number;
}

const HEADER = /^\[(SERVICE|INPUT|FILTER|PARSER|MULTILINE_PARSER|OUTPUT|PLUGINS|CUSTOM)\]$/i;

/** Reads a text without its comments. */
export function fluentBitSections(text: string): FluentBitSection[] {
  const sections: FluentBitSection[] = [];
  let properties: FluentBitProperty[] | undefined;
  for (const line of linesOf(text)) {
    const words = line.text.trim();
    const header = HEADER.exec(words);
    if (header !== null) {
      properties = [];
      sections.push({ name: (header[1] ?? '').toUpperCase(), properties });
      continue;
    }
    if (words.startsWith('[')) properties = undefined;
    const blank = words.search(/\s/);
    if (properties === undefined || blank === -1) continue;
    properties.push({
      name: words.slice(0, blank).toLowerCase(),
      value: words.slice(blank).trim(),
      offset: line.offset + line.text.indexOf(words),
      length: words.length,
    });
  }
  return sections;
}
