import type { Colors } from 'picocolors/types.js';
import type { StepStatus } from '../../core/events.js';
import { durationText } from '../../report/duration-text.js';
import { printable } from '../../report/printable.js';
import { wrapText } from '../../report/wrap-text.js';
import type { Glyphs } from './glyphs.js';
import { lineWithTime } from './line-with-time.js';

export interface StepEnd {
  /** `unfinished`: the engine stopped without telling how the step ended. */
  readonly status: StepStatus | 'unfinished';
  readonly ms: number;
  readonly message?: string;
}

/** The lines of a step that has ended, which stay on the terminal. */
export function stepLines(
  step: StepEnd & { readonly title: string },
  columns: number,
  glyphs: Glyphs,
  colors: Colors,
): string[] {
  const [sign, paint, paintTitle] = look(step.status, glyphs, colors);
  const time = timeOf(step);
  const line = lineWithTime(printable(step.title), time, columns - 4);
  const title = line.slice(0, line.length - time.length);
  return [
    `  ${paint(sign)} ${paintTitle(title)}${colors.dim(time)}`,
    ...(step.message === undefined ? [] : wrapText(step.message, columns, '    ').map(paint)),
  ];
}

function look(status: StepEnd['status'], glyphs: Glyphs, colors: Colors): [string, Colors['red'], Colors['red']] {
  switch (status) {
    case 'done':
      return [glyphs.done, colors.green, String];
    case 'unneeded':
      return [glyphs.unneeded, colors.dim, colors.dim];
    case 'failed':
      return [glyphs.failed, colors.red, colors.red];
    case 'unfinished':
      return [glyphs.failed, colors.yellow, colors.yellow];
    case 'undone':
      return [glyphs.undone, colors.yellow, String];
  }
}

function timeOf({ status, ms }: StepEnd): string {
  if (status === 'unneeded') return 'already so';
  return status === 'unfinished' ? 'left unfinished' : durationText(ms);
}
