/** A text that was understood, or the first place where it was not. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly line: number; readonly reason: string };

export const understood = <T>(value: T): Parsed<T> => ({ ok: true, value });

export const notUnderstood = (line: number, reason: string): Parsed<never> => ({ ok: false, line, reason });
