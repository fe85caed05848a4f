import type { Colors } from 'picocolors/types.js';
import { durationText } from '../../report/duration-text.js';
import { printable } from '../../report/printable.js';
import { truncateText } from '../../report/truncate-text.js';
import { wrapText } from '../../report/wrap-text.js';
import type { Glyphs } from './glyphs.js';
import { lineWithTime } from './line-with-time.js';

export interface LivePicture {
  readonly running: { readonly title: string; readonly forMs: number; readonly output: string | undefined } | undefined;
  /** Titles of the steps that the phase has yet to do. */
  readonly upcoming: readonly string[];
  readonly darkForMs: number | undefined;
  readonly frame: number;
}

const SHOWN_OUTPUT = 4;
const SHOWN_UPCOMING = 3;

/** What is redrawn at the bottom: the running step, what it waits for, what comes next, and how long the node is dark. */
export function liveLines(
  { running, upcoming, darkForMs, frame }: LivePicture,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  glyphs: Glyphs,
  colors: Colors,
): string[] {
  const lines: string[] = [];
  if (running !== undefined) {
    const spinner = glyphs.spinner[frame % glyphs.spinner.length] ?? '';
    lines.push(
      `  ${colors.cyan(spinner)} ${lineWithTime(printable(running.title), clock(running.forMs), columns - 4)}`,
    );
    if (running.output !== undefined) lines.push(...output(running.output, columns).map(colors.cyan));
  }
  // On a low terminal what runs matters more than what is to come.
  const room = Math.min(SHOWN_UPCOMING, rows - lines.length - 4);
  if (room > 0) {
    for (const title of upcoming.slice(0, room))
      lines.push(colors.dim(truncateText(`  ${glyphs.waiting} ${printable(title)}`, columns)));
    if (upcoming.length > room) lines.push(colors.dim(`  ${glyphs.waiting} and ${upcoming.length - room} more`));
  }
  if (darkForMs !== undefined) {
    lines.push(
      colors.bold(
        colors.magenta(
          truncateText(
            `  dark ${tenths(darkForMs)}: the kubelet is down, nobody starts or restarts pods on this node`,
            columns,
          ),
        ),
      ),
    );
  }
  return lines;
}

function output(text: string, columns: number): string[] {
  const lines = wrapText(text, columns, '    ').map((line) => truncateText(line, columns));
  const shown = lines.slice(0, SHOWN_OUTPUT);
  return lines.length > shown.length
    ? [...shown.slice(0, -1), truncateText(`${shown.at(-1) ?? ''} …`, columns)]
    : shown;
}

/** Whole seconds: tenths that rush by say nothing on a step that takes minutes. */
const clock = (ms: number): string => (ms < 1000 ? '' : ms < 60_000 ? `${Math.floor(ms / 1000)} s` : durationText(ms));

const tenths = (ms: number): string => (ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : durationText(ms));
