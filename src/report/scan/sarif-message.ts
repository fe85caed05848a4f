import { printable } from '../printable.js';

/**
 * Plain text as a SARIF message that shows exactly that text: braces make placeholders there, brackets links, and
 * backslashes guard brackets. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, 3.11.5 and 3.11.6
 */
export const sarifMessage = (text: string): { readonly text: string } => ({
  text: printable(text)
    .replace(/[[\]\\]/g, '\\$&')
    .replace(/[{}]/g, '$&$&'),
});
