import { printable } from './printable.js';

/** The lines of a text that may have several, each harmless to a terminal; tabs stay. */
export const printableLines = (text: string): string[] =>
  text
    .replace(/\n+$/, '')
    .split('\n')
    .map((line) => line.split('\t').map(printable).join('\t'));
