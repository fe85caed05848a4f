import type { Place } from '../../manifests/place.js';

/** One flag that a kubelet is given, and where it stands. */
export interface KubeletArgument {
  /** Without dashes in front, `-` for `_`. */
  readonly name: string;
  /** Empty for a flag without one. */
  readonly value: string;
  readonly at: Place;
}

/** The flags that one line, one variable or one list gives a kubelet. */
export type KubeletArguments = readonly KubeletArgument[];
