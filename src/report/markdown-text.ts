import { printable } from './printable.js';

/** Text as Markdown that shows exactly that text: no markup, no HTML, on one line. */
export const markdownText = (text: string): string =>
  printable(text.replace(/\s*\n\s*/g, ' '))
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
