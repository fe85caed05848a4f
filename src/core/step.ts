import type { z } from 'zod';
import type { Conversion } from './conversion.js';
import type { NodeInventory } from './inventory.js';
import type { ParityReport } from './parity.js';
import type { MigrateOptions } from './plan.js';
import type {
  Clock,
  CriApi,
  CriReader,
  DockerApi,
  DockerReader,
  Host,
  KubeApi,
  KubeReader,
  ReadHost,
} from './ports.js';
import type { UndoAction } from './undo.js';

export type StepState = { readonly state: 'done' } | { readonly state: 'pending'; readonly because: string };

/** What a step may look at. Nothing here can change the node or the cluster. */
export interface ReadContext {
  readonly node: string;
  readonly options: MigrateOptions;
  readonly host: ReadHost;
  /** Undefined when the API server is away: a step that cannot do without it says so. */
  readonly kube: KubeReader | undefined;
  readonly docker: () => Promise<DockerReader>;
  readonly cri: (endpoint: string) => Promise<CriReader>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Text of a file of the plan, by SHA-256. */
  readonly content: (sha256: string) => string;
  /** Keeps bytes beside the journal, to be restored by an undo; returns their SHA-256. */
  readonly keep: (content: Uint8Array) => Promise<string>;
  /** Bytes that a step of this plan kept, by their SHA-256; undefined where none did. */
  readonly kept: (sha256: string) => Promise<Uint8Array | undefined>;
  /** One line on what is going on, for whoever watches. */
  readonly report: (progress: string) => void;
  /** Something that went less well than planned and does not stop the step; it is in the result at the end. */
  readonly warn: (sentence: string) => void;
  /** How containers compare under both runtimes, for the result at the end; the last one counts. */
  readonly parity: (report: ParityReport) => void;
}

/** What a step may change. */
export interface ActContext extends ReadContext {
  readonly host: Host;
  readonly kube: KubeApi | undefined;
  readonly docker: () => Promise<DockerApi>;
  readonly cri: (endpoint: string) => Promise<CriApi>;
}

/** What the steps of a plan are made from. */
export interface StepInput {
  readonly inventory: NodeInventory;
  readonly conversion: Conversion;
  readonly options: MigrateOptions;
}

/**
 * A kind of step. `check` looks at a lasting end state. `capture` returns all that `undo` needs and is journalled before
 * the first mutation, once. After everything that `undo` lists was done, `check` says *pending* again. What `undo` lists is
 * harmless when the step never acted and when it is done twice: the node may have to do it alone, not knowing how far it came.
 *
 * `P` are the parameters in the plan, `C` what was captured: both survive as JSON.
 */
export interface StepKind<P, C> {
  readonly kind: string;
  readonly title: string;
  /** Why there is such a step, for `docs/steps.md`. */
  readonly why: string;
  /** The kubelet is dark from the step that opens the window to the one that closes it. */
  readonly window?: 'opens' | 'closes';
  readonly params: z.ZodType<P>;
  readonly captured: z.ZodType<C>;
  /** The steps of this kind that a node needs. `argument` is what the playbook says after the kind's name. */
  readonly instances: (
    input: StepInput,
    argument: string | undefined,
  ) => readonly { readonly id: string; readonly title: string; readonly params: P }[];
  readonly check: (read: ReadContext, params: P) => Promise<StepState>;
  readonly capture: (read: ReadContext, params: P) => Promise<C>;
  readonly apply: (act: ActContext, params: P, captured: C) => Promise<void>;
  /** Throws when the end state is not there. */
  readonly verify: (read: ReadContext, params: P, captured: C) => Promise<void>;
  readonly undo: (params: P, captured: C) => readonly UndoAction[];
}

/** A kind whose types were checked where it was defined, for lists of kinds. */
export type AnyStepKind = StepKind<any, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- existential type
