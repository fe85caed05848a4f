import { displayWidth } from '../../report/display-width.js';
import type { TerminalStream } from './terminal-stream.js';

export interface Screen {
  readonly columns: () => number;
  readonly rows: () => number;
  /**
   * Writes lines that stay, then the live ones in place of the former live ones. All lines must be narrower than the
   * terminal.
   */
  readonly draw: (kept: readonly string[], live: readonly string[]) => void;
}

/**
 * The bottom of a terminal, redrawn in place. What is kept scrolls away like any output, so nothing that was said is lost
 * when the terminal is small, is resized or goes away. The cursor stays visible: there is nothing to restore after a crash.
 */
export function screen(stream: TerminalStream): Screen {
  let live: readonly string[] = [];
  const columns = (): number => Math.max(20, stream.columns ?? 80);
  const rows = (): number => Math.max(4, stream.rows ?? 24);

  // Terminals fold lines anew when they get narrower, so the live lines are counted as they lie there now.
  const erased = (): string => {
    const taken = live.reduce((total, line) => total + Math.max(1, Math.ceil(displayWidth(line) / columns())), 0);
    return taken === 0 ? '' : `\u001b[${taken}A\r\u001b[J`;
  };
  const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

  return {
    columns,
    rows,
    draw: (kept, next) => {
      const shown = next.slice(0, rows() - 1);
      if (kept.length === 0 && shown.join('\n') === live.join('\n')) return;
      stream.write(erased() + text(kept) + text(shown));
      live = shown;
    },
  };
}
