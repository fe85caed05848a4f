export interface Lazy<T> {
  /** Made at the first call, kept from then on; a failure is not kept. */
  readonly value: () => Promise<T>;
  /** What was made so far, without making anything. */
  readonly peek: () => Promise<T | undefined>;
}

export function lazy<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | undefined;
  return {
    value() {
      if (made === undefined) {
        made = make();
        made.catch(() => (made = undefined));
      }
      return made;
    },
    peek: async () => await made?.catch(() => undefined),
  };
}
