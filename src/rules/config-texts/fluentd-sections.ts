import { linesOf } from './lines-of.js';

/** `<source>`, `<match **>`, `<parse>`: its settings and what stands in it. */
export interface FluentdSection {
  readonly name: string;
  readonly settings: readonly FluentdSetting[];
  readonly sections: readonly FluentdSection[];
}

export interface FluentdSetting {
  readonly name: string;
  readonly value: string;
  /** Of the setting's line in the text, without the blanks around it, in UTF-16 code units. */
  readonly offset: number;
  readonly length: number;
}

interface OpenSection extends FluentdSection {
  readonly settings: FluentdSetting[];
  readonly sections: FluentdSection[];
}

/** Reads a fluentd configuration without its comments; lines that fit nowhere are passed over. */
export function fluentdSections(text: string): FluentdSection {
  const root: OpenSection = { name: '', settings: [], sections: [] };
  const open: OpenSection[] = [root];
  for (const line of linesOf(text)) {
    const words = line.text.trim();
    if (words === '') continue;
    const inner = open[open.length - 1] ?? root;
    if (words.startsWith('</')) {
      if (open.length > 1) open.pop();
      continue;
    }
    const tag = /^<(\w+)[^>]*>/.exec(words);
    if (tag !== null) {
      const section: OpenSection = { name: tag[1] ?? '', settings: [], sections: [] };
      inner.sections.push(section);
      open.push(section);
      continue;
    }
    const blank = words.search(/\s/);
    const name = blank === -1 ? words : words.slice(0, blank);
    const value = blank === -1 ? '' : words.slice(blank).trim();
    inner.settings.push({ name, value, offset: line.offset + line.text.indexOf(words), length: words.length });
  }
  return root;
}
