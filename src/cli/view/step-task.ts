import { Listr, type ListrTaskWrapper } from 'listr2';
import type { StepEnd } from './step-lines.js';
import { StepRenderer, type StepDrawing } from './step-renderer.js';

export interface StepTask {
  readonly output: () => string | undefined;
  readonly report: (text: string) => void;
  /** Resolves when the last lines of the step are written. */
  readonly end: (end: StepEnd) => Promise<void>;
}

/** A step as a listr2 task that lasts until it is told how the engine got on. */
export function stepTask(title: string, drawing: StepDrawing): StepTask {
  let settle: (end: StepEnd) => void = () => undefined;
  const ended = new Promise<StepEnd>((resolve) => (settle = resolve));
  let wrapper: ListrTaskWrapper<unknown, typeof StepRenderer, typeof StepRenderer> | undefined;

  const list = new Listr<unknown, typeof StepRenderer, typeof StepRenderer>(
    [
      {
        title,
        task: async (_context, task) => {
          wrapper = task;
          const { status, message } = await ended;
          if (status === 'failed' || status === 'unfinished') throw new Error(message ?? status);
          if (status === 'unneeded') task.skip(message ?? title);
        },
      },
    ],
    // Its own handler of SIGINT ends the process on the spot, in the middle of a step.
    { renderer: StepRenderer, rendererOptions: drawing, exitOnError: false, registerSignalListeners: false },
  );
  const run = list.run();

  return {
    output: () => wrapper?.task.output,
    report: (text) => {
      if (wrapper !== undefined) wrapper.output = text;
    },
    end: async (end) => {
      settle(end);
      await run;
    },
  };
}
