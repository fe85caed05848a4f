import type { EngineEvent } from '../../core/events.js';
import { counted } from '../../report/counted.js';
import { durationText } from '../../report/duration-text.js';
import { printable } from '../../report/printable.js';
import { resultText } from '../../report/result-text.js';
import { truncateText } from '../../report/truncate-text.js';
import { wrapText } from '../../report/wrap-text.js';
import { lineWithTime } from './line-with-time.js';
import { FRAME_MS, liveBoard, type LiveViewOptions } from './live-board.js';
import type { StepEnd } from './step-lines.js';
import type { TerminalStream } from './terminal-stream.js';
import type { View } from './view.js';

/** The engine at work on a terminal: what has ended stays and scrolls, what runs is redrawn below it. */
export function liveView(stream: TerminalStream, options: LiveViewOptions): View {
  const board = liveBoard(stream, options);
  const { colors, glyphs } = board;
  const said = new Set<string>();
  let headings = 0;
  let rollingBack = false;
  let lightMark: string | undefined;

  const heading = (name: string, title: string, aside: string, paint = colors.bold): void => {
    const shown = printable(name);
    const line = lineWithTime(`${shown}  ${printable(title)}`, aside, board.columns());
    board.keep([
      ...(headings > 0 ? [''] : []),
      (paint(line.slice(0, shown.length)) + line.slice(shown.length)).trimEnd(),
    ]);
    headings += 1;
  };
  const mark = (text: string): void => {
    const line = `  ${glyphs.rule.repeat(2)} ${text} `.padEnd(board.columns(), glyphs.rule);
    board.keep([colors.bold(colors.magenta(truncateText(line, board.columns())))]);
  };
  /** In a rollback a step's title names what is taken back. */
  const titled = (title: string): string => (rollingBack ? `Undo: ${title}` : title);
  /** The mark of the light comes after the step that saw it. */
  const end = async (how: StepEnd): Promise<void> => {
    await board.end(how);
    if (lightMark !== undefined) mark(lightMark);
    lightMark = undefined;
  };
  /** The engine went on without telling how the running step ended. */
  const leave = (): Promise<void> => end({ status: 'unfinished', ms: 0 });

  const show = async (event: EngineEvent): Promise<void> => {
    switch (event.type) {
      case 'phase-started':
        await leave();
        rollingBack = false;
        board.expect(event.steps);
        heading(event.phase, event.title, counted(event.steps.length, 'step'));
        break;
      case 'step-started':
        await leave();
        board.begin(event.id, titled(event.title));
        break;
      case 'step-progress':
        if (board.running() === event.id) board.report(event.text);
        break;
      case 'step-finished':
        if (board.running() !== event.id) {
          await leave();
          board.begin(event.id, titled(event.title));
        }
        if (event.message !== undefined) said.add(event.message);
        await end(event);
        break;
      case 'phase-finished':
        await leave();
        board.expect([]);
        break;
      case 'parity':
        // The result at the end tells of it.
        break;
      case 'warning':
        said.add(event.text);
        board.keep(wrapText(event.text, board.columns(), '    ', `  ${colors.yellow('warning:')} `));
        break;
      case 'dark':
        board.setDark(true);
        mark('dark from here: the kubelet is stopped');
        break;
      case 'light':
        board.setDark(false);
        lightMark = `light again: Ready after ${durationText(event.darkMs)} of dark`;
        if (board.running() === undefined) await leave();
        break;
      case 'rollback-started':
        await leave();
        rollingBack = true;
        board.expect([]);
        heading('rollback', 'Undo what was done, the last first', '', (name) => colors.bold(colors.yellow(name)));
        // The failure that set it off stands above, without its step's title.
        if (![...said].some((text) => event.because.endsWith(text)))
          board.keep(wrapText(event.because, board.columns(), '  ', '  because: '));
        break;
      case 'finished': {
        await leave();
        board.setDark(false);
        board.expect([]);
        const warnings = event.result.warnings.filter((warning) => !said.has(warning));
        const closing = resultText({ ...event.result, warnings }, { color: options.color, width: board.columns() });
        board.keep([...(headings > 0 ? [''] : []), ...closing]);
        break;
      }
    }
    board.draw();
  };

  // listr2 moves its tasks on in promises: the next event waits until the one before has been drawn.
  let tail: Promise<void> = Promise.resolve();
  let open = true;
  const timer = setInterval(board.draw, FRAME_MS);
  timer.unref();
  stream.on('resize', board.draw);

  return {
    sink: (event) => {
      if (open) tail = tail.then(() => show(event)).then(() => new Promise((resolve) => setImmediate(resolve)));
    },
    interrupt: (text) => {
      board.keep(wrapText(text, board.columns(), '  ').map(colors.yellow));
      board.draw();
    },
    finish: async () => {
      open = false;
      await tail;
      await leave();
      clearInterval(timer);
      stream.off('resize', board.draw);
      board.expect([]);
      board.setDark(false);
      board.draw();
    },
  };
}
