import type { Path } from '../../manifests/place.js';

/** A value of a document, with the way up. */
export interface ValueNode {
  /** Undefined at the root, a number in a list. */
  readonly key: string | number | undefined;
  readonly value: unknown;
  readonly parent: ValueNode | undefined;
  /** Below the root. */
  readonly depth: number;
  /** In its source; made when asked for, as few values give a finding. */
  readonly path: Path;
}
