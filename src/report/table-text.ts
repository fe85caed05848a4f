import { displayWidth } from './display-width.js';
import { truncateText } from './truncate-text.js';

const GAP = 2;

/**
 * Rows in aligned columns, the first row the heading. Where they are wider than the width, the widest columns give way,
 * down to 8 each.
 */
export function tableText(rows: readonly (readonly string[])[], width: number, indent = ''): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, index) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[index] ?? ''))),
  );
  const room = width - indent.length - GAP * (columns - 1);
  for (let over = sum(widths) - room; over > 0; over -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= 8) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return rows.map((row) => {
    const cells = widths.map((columnWidth, index) => {
      const cell = truncateText(row[index] ?? '', columnWidth);
      return cell + ' '.repeat(columnWidth - displayWidth(cell));
    });
    return (indent + cells.join(' '.repeat(GAP))).trimEnd();
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, next) => total + next, 0);
