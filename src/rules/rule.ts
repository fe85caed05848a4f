import type { Confidence, ObjectRef, Severity } from '../core/finding.js';
import type { RuleInfo } from '../core/rule-info.js';
import type { NodeInventory } from '../core/inventory.js';
import type { NodeEvidence } from '../core/node-evidence.js';
import type { TargetRuntime } from '../core/scan-report.js';
import type { Place } from '../manifests/place.js';
import type { ObjectView, PodView, TextView } from '../manifests/views.js';

/**
 * What depends on Docker or dockershim, how it is recognised and what to do about it. A rule looks at any of five subjects;
 * it is pure, keeps nothing between two of them, and looks at no file's name.
 */
export interface Rule extends RuleInfo {
  /**
   * What stands in every text in which this rule can find something. A text without any rule's words is not parsed.
   */
  readonly words: Words;
  object?(view: ObjectView, scene: Scene): Iterable<Hit>;
  pod?(view: PodView, scene: Scene): Iterable<Hit>;
  text?(view: TextView, scene: Scene): Iterable<Hit>;
  /** Facts of a node that stand in no file; files of a node come as texts and objects. */
  node?(inventory: NodeInventory, scene: Scene): Iterable<Hit | Unknowable>;
  /** Who uses Docker on a node now. */
  evidence?(evidence: NodeEvidence, inventory: NodeInventory, scene: Scene): Iterable<Hit | Unknowable>;
}

/** Any of these; a list counts when all of it stands there. Compared without case; five ASCII characters at least each. */
export type Words = readonly (Word | readonly Word[])[];

/**
 * With `next`, only where the 24 characters behind the word match. The names are for words that are in every other manifest,
 * where a regular expression would take too long: `low-port` is anything but a port that needs no privilege,
 * `no-registry` anything but the `.io/` of Docker's registry.
 */
export type Word = string | { readonly word: string; readonly next: RegExp | NextName };

export type NextName = 'low-port' | 'no-registry';

/** One thing that a rule found. */
export interface Hit {
  /** In the subject's source; a node's facts have no place. */
  readonly at?: Place;
  /** One sentence with a full stop: what is there and what will come of it. */
  readonly message: string;
  /** The text that gave it away, when it is not the value at the place. */
  readonly evidence?: string;
  /** Instead of the rule's own. */
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly fix?: string;
  readonly container?: string;
  /** Instead of the node, where something that is seen on it is another's. */
  readonly object?: ObjectRef;
}

/** A node's fact that a rule needed and that could not be read. */
export interface Unknowable {
  readonly undecided: string;
}

/** What the scan is for and what is known beside the subject at hand. */
export interface Scene {
  readonly target: TargetRuntime;
  /** The Kubernetes version to come, as `1.24`; undefined when nobody said. */
  readonly kubernetes: string | undefined;
  /** Docker's data roots on the nodes, normalised; `/var/lib/docker` when nothing is known. */
  readonly dataRoots: readonly string[];
}
