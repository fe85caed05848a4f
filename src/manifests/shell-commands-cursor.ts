import { BACKSLASH, RETURN, SPACE, TAB } from './shell-commands-characters.js';

/** Whose script a command stands in: the text's own, or one in a heredoc for a shell here or on the host. */
export type Reader = 'text' | 'shell' | 'host';

/** What ends a list of commands; the empty one ends with the text. */
export type ListEnd = '' | ')' | '`';

interface Heredoc {
  readonly word: string;
  readonly tabs: boolean;
  readonly quoted: boolean;
}

/** Where the parser stands in a text; its parts move it on. */
export interface ShellCursor {
  readonly text: string;
  at: number;
  /** Exclusive; within a heredoc, the end of its body. */
  end: number;
  depth: number;
  /** How many `case … in` of this list are open. */
  cases: number;
  /** Searches for the end of a heredoc that found none. */
  failures: number;
  stopped: boolean;
  reader: Reader;
  /** Of what is sent to a command of this line. */
  lineReader: Reader;
  /** Their bodies begin on the next line. */
  heredocs: Heredoc[];
  /** Reads commands to the end of their list, and past it. It is here because words hold substitutions. */
  readonly list: (close: ListEnd) => void;
}

const MAX_DEPTH = 200;

export function mayNest({ depth }: ShellCursor): boolean {
  return depth < MAX_DEPTH;
}

/** Past blanks and continued line ends, up to the end of the line. */
export function skipBlank(cursor: ShellCursor): void {
  const { text } = cursor;
  for (; cursor.at < cursor.end; cursor.at += 1) {
    const char = text.charCodeAt(cursor.at);
    if (char === SPACE || char === TAB || char === RETURN) continue;
    if (char !== BACKSLASH) return;
    if (text[cursor.at + 1] === '\n') cursor.at += 1;
    else if (text[cursor.at + 1] === '\r' && text[cursor.at + 2] === '\n') cursor.at += 2;
    else return;
  }
}

/** To the line's end, past a comment. */
export function skipLine(cursor: ShellCursor): void {
  const stop = cursor.text.indexOf('\n', cursor.at);
  cursor.at = stop === -1 || stop > cursor.end ? cursor.end : stop;
}
