import type { ParityReport } from './parity.js';

/** What the engine tells while it works. The terminal view, the plain log and the result are made from these alone. */
export type EngineEvent =
  | {
      readonly type: 'phase-started';
      readonly phase: string;
      readonly title: string;
      readonly steps: readonly { readonly id: string; readonly title: string }[];
    }
  | { readonly type: 'step-started'; readonly phase: string; readonly id: string; readonly title: string }
  | { readonly type: 'step-progress'; readonly id: string; readonly text: string }
  | {
      readonly type: 'step-finished';
      readonly phase: string;
      readonly id: string;
      readonly title: string;
      readonly status: StepStatus;
      readonly ms: number;
      readonly message?: string;
    }
  | { readonly type: 'phase-finished'; readonly phase: string; readonly ok: boolean }
  | { readonly type: 'warning'; readonly text: string }
  /** How a container of the new runtime compares with one of the old. */
  | { readonly type: 'parity'; readonly report: ParityReport }
  /** The kubelet stopped; it is dark until the node is Ready again. */
  | { readonly type: 'dark' }
  | { readonly type: 'light'; readonly darkMs: number }
  | { readonly type: 'rollback-started'; readonly because: string }
  | { readonly type: 'finished'; readonly result: NodeResult };

/** `done` did something, `unneeded` found its end state there already. */
export type StepStatus = 'done' | 'unneeded' | 'failed' | 'undone';

export interface NodeResult {
  readonly node: string;
  readonly outcome: 'migrated' | 'already' | 'rolled-back' | 'stopped' | 'needs-hands' | 'interrupted' | 'blocked';
  /** Runtime versions as the Node says them: `docker://20.10.24`. */
  readonly from: string;
  readonly to: string;
  readonly steps: readonly {
    readonly id: string;
    readonly phase: string;
    readonly status: StepStatus;
    readonly ms: number;
  }[];
  /** From the kubelet's stop until Ready on the new runtime; null when it was never stopped or never came back. */
  readonly darkMs: number | null;
  /** The last proof that was made; not there when none was. */
  readonly parity?: ParityReport;
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
}

export type EventSink = (event: EngineEvent) => void;
