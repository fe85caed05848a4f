/**
 * Something that was looked for on a node or in the cluster.
 *
 * "Could not look" is never "no": whoever reads a fact has to say what an unknown one means to them.
 */
export type Fact<T> = Known<T> | Unknown;

export interface Known<T> {
  readonly known: true;
  readonly value: T;
  /** Where it was read: a path, an API, a command. */
  readonly from: string;
}

export interface Unknown {
  readonly known: false;
  /** One sentence without a full stop, fit to follow "because". */
  readonly why: string;
}

export const known = <T>(value: T, from: string): Known<T> => ({ known: true, value, from });

export const unknown = (why: string): Unknown => ({ known: false, why });

/** The value of a known fact, else `undefined`; for places where unknown and absent do mean the same. */
export const valueOf = <T>(fact: Fact<T>): T | undefined => (fact.known ? fact.value : undefined);
