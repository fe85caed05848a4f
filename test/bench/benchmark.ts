/** One figure against a baseline of the same run. */
export interface Benchmark {
  readonly name: string;
  readonly baseline: string;
  /** The figure may be at most this many times the baseline. */
  readonly limit: number;
  readonly unit: 's' | 'MB';
  /** Why it cannot be taken here; undefined when it can. */
  readonly unavailable: () => string | undefined;
  /** Pairs taken one after the other, so that a machine that gets slower meanwhile is slower for both. */
  readonly measure: () => Promise<readonly Pair[]>;
}

export interface Pair {
  readonly ours: number;
  readonly baseline: number;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
