import type { Colors } from 'picocolors/types.js';

/** The lines of a unified diff in the colours that git gives them. */
export const colorDiff = (lines: readonly string[], colors: Colors): string[] =>
  lines.map((line, index) => {
    if (index < 2) return colors.bold(line);
    if (line.startsWith('@@')) return colors.cyan(line);
    if (line.startsWith('+')) return colors.green(line);
    if (line.startsWith('-')) return colors.red(line);
    return line.startsWith('\\') ? colors.dim(line) : line;
  });
