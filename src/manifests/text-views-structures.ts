import { heredocEnd } from './shell-commands-heredoc.js';

/** A part of a text, in UTF-16 code units; the end is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Parts of a script that may be documents of their own: bodies of heredocs and what stands between triple quotes. */
export function structuresIn(text: string): Stretch[] {
  return [...tripleQuoted(text), ...heredocs(text)];
}

/** Groovy and Python. */
function tripleQuoted(text: string): Stretch[] {
  const found: Stretch[] = [];
  let at = 0;
  let double = 0;
  let single = 0;
  for (;;) {
    // Each is looked for again only once it is passed: where there is none, one look through the text has told.
    if (double !== -1 && double <= at) double = text.indexOf('"""', at);
    if (single !== -1 && single <= at) single = text.indexOf("'''", at);
    const open = double === -1 ? single : single === -1 ? double : Math.min(double, single);
    if (open === -1) return found;
    const close = text.indexOf(open === double ? '"""' : "'''", open + 3);
    if (close === -1) return found;
    const start = lineStart(text, open + 3);
    if (text.slice(start, close).includes('\n')) found.push({ start, end: close });
    at = close + 3;
  }
}

/** A document may begin in the line after the quotes, where its indentation counts. */
function lineStart(text: string, at: number): number {
  const [blank = ''] = /^\\?[ \t]*\r?\n/.exec(text.slice(at, at + 200)) ?? [];
  return at + blank.length;
}

function heredocs(text: string): Stretch[] {
  const found: Stretch[] = [];
  // Shifts of bits look the same, and each search for an end goes through the rest of the text.
  let failures = 0;
  let at = text.indexOf('<<');
  while (at !== -1 && failures < 3) {
    const [head, dash = '', word = ''] = /^<<(-?)[ \t]*\\?["']?(\w+)["']?/.exec(text.slice(at, at + 120)) ?? [];
    const start = head === undefined ? 0 : text.indexOf('\n', at) + 1;
    if (head !== undefined && start === 0) return found;
    const body = start === 0 ? undefined : heredocEnd(text, start, text.length, { word, tabs: dash !== '' });
    if (body !== undefined) found.push({ start, end: body.start });
    else if (start > 0) failures += 1;
    at = text.indexOf('<<', body?.next ?? at + 2);
  }
  return found;
}
