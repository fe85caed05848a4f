/** What someone with a say in names and messages might put there to write on the operator's terminal. */
export const POISON = 'x\u001b[2J\u001b]0;t\u0007\r\nfake: ok\u009b1m\u202e\u0000\ty';

/** The same value with poison in every string, but those under the keys named. */
export function poisoned<T>(value: T, spared: readonly string[] = []): T {
  if (typeof value === 'string') return `${value}${POISON}` as T;
  if (Array.isArray(value)) return value.map((item: unknown) => poisoned(item, spared)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      spared.includes(key) ? inner : poisoned(inner as unknown, spared),
    ]),
  ) as T;
}

/** Every character of a text that can steer a terminal, or turn its reading, save the ends of lines and tabs in diffs. */
export const steering = (text: string): string[] =>
  text.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g) ?? [];
