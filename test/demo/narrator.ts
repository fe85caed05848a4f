import { setTimeout as sleep } from 'node:timers/promises';
import pc from 'picocolors';
import { terminal } from '../../src/cli/terminal.js';
import { wrapText } from '../../src/report/wrap-text.js';

/** Who tells the story between the commands. */
export interface Narrator {
  say(sentence: string): void;
  /** What comes next and why, set apart from what the commands print. */
  remark(sentence: string): void;
  command(line: string): void;
  /** Below what a command printed. */
  aside(text: string): void;
  /** Gives a person time to read. */
  pause(times?: number): Promise<void>;
}

export function narrator(readingMs: number): Narrator {
  const colors = pc.createColors(terminal.outColor);
  const width = Math.min(terminal.width, 100);
  return {
    say: (sentence) => terminal.result(wrapText(sentence, width).join('\n')),
    remark: (sentence) => {
      const lines = wrapText(sentence, width, '# ', '# ');
      terminal.result(`\n\n${lines.map((line) => colors.cyan(line)).join('\n')}`);
    },
    command: (line) => terminal.result(`${colors.bold(`$ ${line}`)}\n`),
    aside: (text) =>
      terminal.result(
        wrapText(text, width)
          .map((line) => colors.dim(line))
          .join('\n'),
      ),
    pause: (times = 1) => sleep(readingMs * times),
  };
}
