import type { ObjectRef } from '../core/finding.js';
import type { Budget } from './object-walk-budget.js';
import type { PatternKeys } from './object-walk-dialects.js';
import type { Path } from './place.js';
import type { PodDraft } from './pod-views.js';
import type { Source } from './source.js';
import type { SourceDocument } from './source-document.js';
import type { ContainerView, ObjectView, PodView, TextView } from './views.js';

/** What rules look at. `limit`: the document is too large or too deep, and the rest of it was left out. */
export type Subject =
  | { readonly kind: 'object'; readonly view: ObjectView }
  | { readonly kind: 'pod'; readonly view: PodView }
  | { readonly kind: 'text'; readonly view: TextView }
  | { readonly kind: 'limit'; readonly why: string };

/** One walk through one document: where it is and what it found. */
export interface Walk {
  readonly source: Source;
  /** Steps to the value at hand; the walk's own, to be copied by whoever keeps it. */
  readonly path: (string | number)[];
  readonly out: Subject[];
  readonly budget: Budget;
  /** How many documents inside of documents this one is. */
  readonly nesting: number;
  /** Goes on with a value inside; the path already leads to it. */
  visit(scope: Scope, value: unknown, key: string): void;
  /** Walks a document that was found in a string here. */
  enter(scope: Scope, document: SourceDocument): void;
}

/** What is around the value at hand. */
export interface Scope {
  readonly object: ObjectRef;
  /** No object around yet: the next one gives its own name to what is found in it. */
  readonly outermost: boolean;
  /** Of the innermost object. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  /** Pods may be found here: not inside of a container. */
  readonly pods: boolean;
  /** What looks like a pod here is one, not a part that is merged with others. */
  readonly whole: boolean;
  /** Of the innermost object; undefined where nothing below it is looked at. */
  readonly patterns: PatternKeys;
  readonly pod: PodDraft | undefined;
  readonly container: ContainerView | undefined;
  /** Volumes in no pod, those of one object together. */
  readonly loose: LooseVolumes;
  /** Of the nearest mapping around that has one: a task's, a template's. */
  readonly name: string;
  /** A runner's operator adds a dockerd to the pods here. */
  readonly ownDocker: boolean;
}

export interface LooseVolumes {
  readonly path: Path;
  draft: PodDraft | undefined;
}
