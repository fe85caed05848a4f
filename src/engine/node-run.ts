import type { EngineEvent, NodeResult, StepStatus } from '../core/events.js';
import type { ParityReport } from '../core/parity.js';
import type { Clock } from '../core/ports.js';
import type { EventSink } from '../core/events.js';

/** What a run has to say in the end, gathered while it goes on. */
export interface NodeRun {
  /** Passes an event on, after it was taken note of. */
  readonly tell: EventSink;
  readonly fail: (sentence: string) => void;
  readonly result: (
    outcome: NodeResult['outcome'],
    runtimes: { readonly from: string; readonly to: string },
  ) => NodeResult;
  readonly darkMs: () => number | undefined;
}

export function nodeRun(node: string, clock: Clock, sink: EventSink): NodeRun {
  const steps: { id: string; phase: string; status: StepStatus; ms: number }[] = [];
  const warnings: string[] = [];
  const errors: string[] = [];
  let darkSince: number | undefined;
  let darkMs: number | undefined;
  let parity: ParityReport | undefined;

  const tell = (event: EngineEvent): void => {
    switch (event.type) {
      case 'step-finished':
        steps.push({ id: event.id, phase: event.phase, status: event.status, ms: event.ms });
        break;
      case 'warning':
        warnings.push(event.text);
        break;
      case 'parity':
        parity = event.report;
        break;
      case 'dark':
        darkSince ??= clock.now().getTime();
        break;
      case 'light':
        darkMs = event.darkMs;
        break;
      default:
    }
    sink(event);
  };

  return {
    tell,
    fail: (sentence) => void errors.push(sentence),
    darkMs: () => (darkSince === undefined ? undefined : clock.now().getTime() - darkSince),
    result: (outcome, { from, to }) => ({
      ...{ node, outcome, from, to, steps },
      darkMs: darkMs ?? null,
      ...(parity === undefined ? {} : { parity }),
      ...{ warnings, errors },
    }),
  };
}
