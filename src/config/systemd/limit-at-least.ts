/** Whether one value of a `Limit…=` or `TasksMax=` allows as much as another, soft and hard; the same text always does. */
export function limitAtLeast(value: string, other: string): boolean {
  if (value === other) return true;
  const [soft, hard] = limits(value);
  const [otherSoft, otherHard] = limits(other);
  return soft >= otherSoft && hard >= otherHard;
}

const UNITS: Readonly<Record<string, number>> = {
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
  P: 2 ** 50,
  E: 2 ** 60,
};

/** Not a number where it is none, which is neither more nor less. */
function limits(value: string): readonly [number, number] {
  const [soft = '', hard = soft] = value.split(':').map((part) => part.trim());
  return [amount(soft), amount(hard)];
}

function amount(text: string): number {
  if (text === 'infinity') return Infinity;
  const match = /^(\d+)([KMGTPE])?$/.exec(text);
  return match === null ? Number.NaN : Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1);
}
