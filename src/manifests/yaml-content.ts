import { skipBlank } from './skip-blank.js';

/** Past blanks, comments, tags and anchors. */
export function contentStart(text: string, opened: number, limit: number): number {
  let at = skipBlank(text, opened);
  while (at < limit && (text[at] === '!' || text[at] === '&')) {
    while (at < limit && !isSpace(text.charCodeAt(at))) at++;
    at = skipBlank(text, at);
  }
  return Math.min(at, Math.max(opened, limit));
}

export function aliasEnd(text: string, start: number): number {
  const name = /[^\s,[\]{}]*/y;
  name.lastIndex = start + 1;
  name.test(text);
  return name.lastIndex;
}

export function trimmedEnd(text: string, start: number, position: number): number {
  // js-yaml ends the last line itself when the text does not.
  let end = Math.min(position, text.length);
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
