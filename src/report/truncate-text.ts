import { displayWidth } from './display-width.js';

/** A line without colours, cut to a number of columns; `…` stands for what was cut. */
export function truncateText(line: string, columns: number): string {
  if (displayWidth(line) <= columns) return line;
  let kept = '';
  let used = 1;
  for (const character of line) {
    used += displayWidth(character);
    if (used > columns) break;
    kept += character;
  }
  return columns > 0 ? `${kept}…` : '';
}
