import { ListrEventType, type ListrEventManager, type ListrRenderer } from 'listr2';

export interface StepDrawing {
  /** The step changed: its live lines are to be drawn again. */
  readonly draw: () => void;
  /** The step ended: its last lines are to be written where they stay. */
  readonly seal: () => void;
}

/**
 * Draws listr2's tasks on a {@link StepDrawing}. listr2's own renderer keeps a whole task list alive at the bottom, measured
 * by stdout; here stdout may be a pipe, a phase may be longer than the terminal, and the terminal may be resized.
 */
export class StepRenderer implements ListrRenderer {
  static readonly nonTTY = true;
  static readonly rendererOptions: StepDrawing;
  static readonly rendererTaskOptions: never;

  constructor(
    _tasks: unknown,
    private readonly drawing: StepDrawing,
    private readonly events: ListrEventManager,
  ) {}

  render(): void {
    this.events.on(ListrEventType.SHOULD_REFRESH_RENDER, () => this.drawing.draw());
  }

  end(): void {
    this.drawing.seal();
  }
}
