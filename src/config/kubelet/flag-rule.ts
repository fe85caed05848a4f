import type { Outcome } from '../../core/conversion.js';
import type { RuntimeTarget } from '../runtime-intent.js';
import type { Version } from '../version.js';

/**
 * What the rewriting does with a flag: it goes; it is set anew for the new runtime; it is changed where it names Docker; it
 * stays as it is.
 */
export type FlagFate = 'goes' | 'set' | 'changes' | 'stays';

export interface FlagContext {
  readonly kubelet: Version;
  readonly target: RuntimeTarget;
  readonly endpoint: string;
  /** The kubelet's runtime is dockershim, and not a remote one already. */
  readonly dockershim: boolean;
}

export interface FlagAnswer {
  readonly outcome: Outcome;
  /** File and key that say it from now on; empty where nothing does; undefined for the place where it is said now. */
  readonly target: string | undefined;
  /** One sentence without a full stop. */
  readonly note: string;
  /** What to do: of a warning or a refusal of which nothing else gives notice. */
  readonly fix?: string;
}

/** A flag of the kubelet that has to do with the runtime, and the field of KubeletConfiguration that says the same. */
export interface KubeletFlagRule {
  /** Without dashes. */
  readonly flag: string;
  /** Further flags of which the same is true. */
  readonly alike?: readonly string[];
  readonly field?: string;
  /** It takes no value from the next word. */
  readonly isBoolean?: true;
  /** Versions of Kubernetes: `1.24`. */
  readonly deprecated?: string;
  readonly removed?: string;
  readonly fate: FlagFate;
  /** The minor version from which it goes; before, it stays. Undefined: always. */
  readonly goesFrom?: number;
  /** What it does, or did: a phrase. */
  readonly what: string;
  /** What becomes of it: a phrase, for the documentation. */
  readonly becomes: string;
  /** For the documentation: a sentence. */
  readonly why: string;
  readonly answer: (value: string, context: FlagContext) => FlagAnswer;
}
