import { printableLines } from '../printable-lines.js';
import { html, type Html } from './html.js';

/** Sentences, a line break for each of theirs; what stands between two backticks as code. */
export const proseHtml = (text: string): Html[] =>
  printableLines(text).map((line, index) => html`${index > 0 && html`<br />`}${codeSpans(line)}`);

function codeSpans(line: string): Html[] {
  const parts = line.split('`');
  // An odd backtick is no mark-up.
  if (parts.length % 2 === 0) return [html`${line}`];
  return parts.map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
}
