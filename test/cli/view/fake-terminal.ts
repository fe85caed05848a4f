import type { TerminalStream } from '../../../src/cli/view/terminal-stream.js';

export interface FakeTerminal extends TerminalStream {
  /** All lines from the first to the cursor's, as they stand now, scrolled away or not. */
  readonly lines: () => string[];
  readonly raw: () => string;
  /** Highest number of rows that a single write moved the cursor up by. */
  readonly deepest: () => number;
  readonly resize: (columns: number, rows: number) => void;
  readonly listeners: () => number;
}

/**
 * A terminal that knows what the view uses: line ends, colours, cursor up, erase below. It folds long lines, and lines that
 * have scrolled away can no longer be reached, as on a real one.
 */
export function fakeTerminal(columns = 80, rows = 24): FakeTerminal {
  let size = { columns, rows };
  let screen: string[] = [''];
  let row = 0;
  let column = 0;
  let raw = '';
  let deepest = 0;
  const listeners = new Set<() => void>();

  const put = (character: string): void => {
    if (column >= size.columns) feed();
    const line = (screen[row] ?? '').padEnd(column);
    screen[row] = line.slice(0, column) + character + line.slice(column + 1);
    column += 1;
  };
  const feed = (): void => {
    row += 1;
    column = 0;
    if (row === screen.length) screen.push('');
  };

  return {
    get columns() {
      return size.columns;
    },
    get rows() {
      return size.rows;
    },
    write: (text) => {
      raw += text;
      for (const [token] of text.matchAll(/\u001b\[([\d;]*)([A-Za-z])|[\s\S]/gu)) {
        const code = /^\u001b\[([\d;]*)([A-Za-z])$/.exec(token);
        if (code?.[2] === 'A') {
          const up = Number(code[1] || 1);
          deepest = Math.max(deepest, up);
          row = Math.max(row - up, Math.max(0, screen.length - size.rows));
        } else if (code?.[2] === 'J') {
          screen = [...screen.slice(0, row), (screen[row] ?? '').slice(0, column)];
        } else if (code?.[2] === 'm') continue;
        else if (code !== null) throw new Error(`the fake terminal does not know ${JSON.stringify(token)}`);
        else if (token === '\n') feed();
        else if (token === '\r') column = 0;
        else put(token);
      }
    },
    on: (_event, listener) => listeners.add(listener),
    off: (_event, listener) => listeners.delete(listener),
    lines: () => screen.map((line) => line.trimEnd()),
    raw: () => raw,
    deepest: () => deepest,
    resize: (newColumns, newRows) => {
      // Long lines are folded anew; the cursor is at the end of the text, where the view leaves it.
      size = { columns: newColumns, rows: newRows };
      screen = screen.flatMap((line) => line.match(new RegExp(`.{1,${newColumns}}`, 'gu')) ?? ['']);
      row = screen.length - 1;
      column = (screen[row] ?? '').length;
      for (const listener of listeners) listener();
    },
    listeners: () => listeners.size,
  };
}
