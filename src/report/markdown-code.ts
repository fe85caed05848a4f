import { printable } from './printable.js';

/** Text as a code span, whatever backticks it has, fit for a table's cell. */
export function markdownCode(text: string): string {
  const shown = printable(text).replace(/\|/g, '\\|');
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}
