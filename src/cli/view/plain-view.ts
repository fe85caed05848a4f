import type { EngineEvent, StepStatus } from '../../core/events.js';
import { counted } from '../../report/counted.js';
import { durationText } from '../../report/duration-text.js';
import { printableLines } from '../../report/printable-lines.js';
import { resultText } from '../../report/result-text.js';
import { repeatFilter } from './repeat-filter.js';
import type { View } from './view.js';

export interface PlainViewOptions {
  readonly now?: () => number;
}

const WORD: Readonly<Record<StepStatus, string>> = {
  done: 'done',
  unneeded: 'already',
  failed: 'FAILED',
  undone: 'undone',
};

/** A line for everything that happens, for logs and pipes: UTC time, phase, what, about which step. */
export function plainView(stream: { write(text: string): unknown }, options: PlainViewOptions = {}): View {
  const now = options.now ?? Date.now;
  const worthSaying = repeatFilter(now);
  let phase = '';
  let rollingBack = false;
  let open = true;

  const say = (what: string, text: string, name = phase): void => {
    const time = new Date(now()).toISOString().slice(11, 19);
    for (const line of printableLines(text)) {
      stream.write(`${time} ${printableLines(name).join(' ').padEnd(8)} ${what.padEnd(8)} ${line}`.trimEnd() + '\n');
    }
  };

  /** In a rollback a step's title names what is taken back. */
  const titled = (title: string): string => (rollingBack ? `Undo: ${title}` : title);

  const show = (event: EngineEvent): void => {
    switch (event.type) {
      case 'phase-started':
        phase = event.phase;
        rollingBack = false;
        return say('phase', `${event.title} (${counted(event.steps.length, 'step')})`);
      case 'step-started':
        return say('start', titled(event.title), event.phase);
      case 'step-progress':
        return worthSaying(event.id, event.text) ? say('...', event.text) : undefined;
      case 'step-finished': {
        const message = event.message === undefined ? '' : `: ${event.message}`;
        const time = event.status === 'unneeded' ? '' : ` (${durationText(event.ms)})`;
        return say(WORD[event.status], `${titled(event.title)}${time}${message}`, event.phase);
      }
      case 'phase-finished':
      // The result at the end tells of it.
      case 'parity':
        return;
      case 'warning':
        return say('warning', event.text);
      case 'dark':
        return say('dark', 'The kubelet is stopped: dark until the node is Ready again');
      case 'light':
        return say('light', `The node is Ready after ${durationText(event.darkMs)} of dark`);
      case 'rollback-started':
        phase = 'rollback';
        rollingBack = true;
        return say('start', `Undoing what was done, because: ${event.because}`);
      case 'finished':
        // Warnings stand above, each at its time.
        return say(
          '',
          resultText({ ...event.result, warnings: [] }, { color: false, width: Infinity }).join('\n'),
          'result',
        );
    }
  };

  return {
    sink: (event) => {
      if (open) show(event);
    },
    interrupt: (text) => say('signal', text),
    finish: () => {
      open = false;
      return Promise.resolve();
    },
  };
}
