import type { EventSink } from '../../core/events.js';

/** What shows the engine at work. It writes to the stream it was given (stderr), never to stdout. */
export interface View {
  readonly sink: EventSink;
  /** Says, without disturbing the picture, what an interruption will do. */
  interrupt(text: string): void;
  /** Resolves when all that was told is on the stream; what is told after that is ignored. */
  finish(): Promise<void>;
}
