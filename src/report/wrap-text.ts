import { displayWidth } from './display-width.js';
import { printableLines } from './printable-lines.js';

/**
 * Folds a text at spaces, every line behind `indent`, the first behind `first`. A word longer than the width keeps a line
 * to itself, so that paths and commands can be copied.
 */
export function wrapText(text: string, width: number, indent = '', first = indent): string[] {
  const lines: string[] = [];
  for (const paragraph of printableLines(text)) {
    let line = lines.length === 0 ? first : indent;
    let empty = true;
    for (const word of paragraph.split(/[ \t]+/).filter(Boolean)) {
      if (!empty && displayWidth(line) + 1 + displayWidth(word) > width) {
        lines.push(line);
        line = indent;
        empty = true;
      }
      line += empty ? word : ` ${word}`;
      empty = false;
    }
    lines.push(line.trimEnd());
  }
  return lines;
}
