import { notUnderstood, understood, type Parsed } from './parsed.js';

export interface Word {
  /** Without quotes and backslashes. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Splits as systemd does for `ExecStart=` and for a variable in it: at white space, with quotes and backslashes respected. */
export function splitWords(text: string): Parsed<readonly Word[]> {
  const words: Word[] = [];
  let at = 0;
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;

  while (at < text.length) {
    at = skipGap(text, at);
    if (at >= text.length) break;
    const start = at;
    let value = '';
    let quote: string | undefined;
    let quoteAt = at;
    for (; at < text.length; at += 1) {
      const char = text[at] ?? '';
      if (char === '\\' && text[at + 1] === '\n' && quote === undefined) break;
      if (char === '\\') {
        at += 1;
        value += text[at] ?? '';
      } else if (char === quote) quote = undefined;
      else if (quote !== undefined) value += char;
      else if (char === '"' || char === "'") {
        quote = char;
        quoteAt = at;
      } else if (/\s/.test(char)) break;
      else value += char;
    }
    if (quote !== undefined) return notUnderstood(lineOf(quoteAt), 'a quote is opened and not closed');
    at = Math.min(at, text.length);
    words.push({ value, start, end: at });
  }
  return understood(words);
}

/** White space, and the backslash that continues a line of a unit file. */
function skipGap(text: string, from: number): number {
  let at = from;
  for (;;) {
    if (/\s/.test(text[at] ?? '')) at += 1;
    else if (text[at] === '\\' && text[at + 1] === '\n') at += 2;
    else return at;
  }
}
