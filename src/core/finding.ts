/** `error`: a pod that will not start or work, a node that will not join. `note`: a left-over that harms nothing. */
export type Severity = 'error' | 'warning' | 'note';

export const SEVERITIES = ['error', 'warning', 'note'] as const satisfies readonly Severity[];

/** `possible`: reachable or inconclusive, such as a parent directory of the socket. */
export type Confidence = 'definite' | 'possible';

/** The object a finding is about: a Kubernetes object, or `File` and the path of what is none. */
export interface ObjectRef {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Lines and columns count from 1, columns in UTF-16 code units; the end is that of the last character, exclusive. */
export interface Location {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Suppression {
  readonly by: 'annotation' | 'comment' | 'config' | 'baseline';
  readonly reason: string;
}

/** One dependency on Docker or dockershim, in one place. Secrets are never part of it. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** A sentence that names what is there and what will come of it. */
  readonly message: string;
  readonly object: ObjectRef;
  readonly container?: string;
  /** Relative to where the scan was started, with forward slashes; a node's file as `node:/path`. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** The text that gave it away, on one line, without secrets. */
  readonly evidence: string;
  /** What to do for this very workload or agent. */
  readonly fix: string;
  /** The same for the same finding when lines move; 32 hex digits. */
  readonly fingerprint: string;
  readonly suppressed?: Suppression;
  /** In a live cluster: how many pods share it, and the chain of owners from the object down to a pod. */
  readonly pods?: number;
  readonly owners?: readonly string[];
  /** The names of all objects of which the same is true: the nodes of a cluster, sorted. The object is the first of them. */
  readonly members?: readonly string[];
  /** Found in a text that was no valid YAML or JSON as it stood: a template, a placeholder, a broken document. */
  readonly inTemplate?: true;
}
