import pc from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import { glyphs as glyphsFor, type Glyphs } from './glyphs.js';
import { liveLines } from './live-lines.js';
import { screen } from './screen.js';
import { stepLines, type StepEnd } from './step-lines.js';
import { stepTask, type StepTask } from './step-task.js';
import type { TerminalStream } from './terminal-stream.js';

export interface LiveViewOptions {
  readonly color: boolean;
  readonly glyphs?: Glyphs;
  readonly now?: () => number;
}

export interface LiveBoard {
  readonly colors: Colors;
  readonly glyphs: Glyphs;
  /** Columns to fold at. */
  readonly columns: () => number;
  readonly keep: (lines: readonly string[]) => void;
  readonly draw: () => void;
  readonly running: () => string | undefined;
  readonly begin: (id: string, title: string) => void;
  readonly report: (text: string) => void;
  readonly end: (end: StepEnd) => Promise<void>;
  readonly expect: (steps: readonly { readonly id: string; readonly title: string }[]) => void;
  readonly setDark: (dark: boolean) => void;
}

export const FRAME_MS = 120;

/** What is on the terminal now: the running step, those to come, the clock of the dark window. */
export function liveBoard(stream: TerminalStream, options: LiveViewOptions): LiveBoard {
  const colors = pc.createColors(options.color);
  const glyphs = options.glyphs ?? glyphsFor(process.env);
  const now = options.now ?? Date.now;
  const terminal = screen(stream);
  // Beyond 100 columns a time at the right edge is too far from its title.
  const columns = (): number => Math.min(terminal.columns(), 100) - 1;
  let running:
    { readonly id: string; readonly title: string; readonly since: number; readonly task: StepTask } | undefined;
  let upcoming: readonly { readonly id: string; readonly title: string }[] = [];
  let darkSince: number | undefined;
  let kept: string[] = [];
  let ended: StepEnd | undefined;

  const draw = (): void => {
    const picture = {
      running: running && { title: running.title, forMs: now() - running.since, output: running.task.output() },
      upcoming: upcoming.map((step) => step.title),
      darkForMs: darkSince === undefined ? undefined : now() - darkSince,
      frame: Math.floor(now() / FRAME_MS),
    };
    terminal.draw(kept, liveLines(picture, { columns: columns(), rows: terminal.rows() }, glyphs, colors));
    kept = [];
  };
  const seal = (): void => {
    if (running !== undefined && ended !== undefined) {
      kept.push(...stepLines({ ...ended, title: running.title }, columns(), glyphs, colors));
    }
    running = undefined;
    ended = undefined;
  };

  return {
    colors,
    glyphs,
    columns,
    draw,
    keep: (lines) => kept.push(...lines),
    running: () => running?.id,
    begin: (id, title) => {
      upcoming = upcoming.filter((step) => step.id !== id);
      running = { id, title, since: now(), task: stepTask(title, { draw, seal }) };
    },
    report: (text) => running?.task.report(text),
    end: async (end) => {
      ended = end;
      await running?.task.end(end);
    },
    expect: (steps) => (upcoming = steps),
    setDark: (dark) => (darkSince = dark ? now() : undefined),
  };
}
