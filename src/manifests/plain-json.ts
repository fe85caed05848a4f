import { stringEnd } from './string-end.js';

/**
 * The text with blanks in the place of comments and of commas before a closing bracket, as editors and hand-written
 * configuration have them. Every offset stays. Undefined when it has neither.
 */
export function plainJson(text: string): string | undefined {
  if (!/\/[/*]|,\s*[}\]]/.test(text)) return undefined;
  const pieces: string[] = [];
  let done = 0;
  const blank = (start: number, end: number): void => {
    pieces.push(text.slice(done, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
    done = end;
  };
  let comma: number | undefined;
  let pending: [number, number][] = [];
  for (let at = 0; at < text.length;) {
    const character = text[at];
    const comment = character === '/' ? commentEnd(text, at) : undefined;
    if (comment !== undefined) {
      pending.push([at, comment]);
      at = comment;
    } else if (character === ',') {
      for (const [start, end] of pending) blank(start, end);
      pending = [];
      comma = at++;
    } else if (character === ' ' || character === '\n' || character === '\r' || character === '\t') at++;
    else {
      const isClosing = character === '}' || character === ']';
      if (comma !== undefined && isClosing) blank(comma, comma + 1);
      for (const [start, end] of pending) blank(start, end);
      pending = [];
      comma = undefined;
      at = character === '"' ? stringEnd(text, at) : at + 1;
    }
  }
  for (const [start, end] of pending) blank(start, end);
  return pieces.join('') + text.slice(done);
}

function commentEnd(text: string, at: number): number | undefined {
  if (text[at + 1] === '/') {
    const end = text.indexOf('\n', at);
    return end === -1 ? text.length : end;
  }
  if (text[at + 1] !== '*') return undefined;
  const end = text.indexOf('*/', at + 2);
  return end === -1 ? text.length : end + 2;
}
