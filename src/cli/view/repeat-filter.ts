const QUIET_MS = 10_000;

/**
 * Whether a progress line says something new. The same line is said once; lines that differ in their numbers alone
 * ("3 of 14 images") are said at most every ten seconds for each step.
 */
export function repeatFilter(now: () => number): (step: string, text: string) => boolean {
  const lastText = new Map<string, string>();
  const lastTime = new Map<string, number>();
  return (step, text) => {
    const shape = `${step}\n${text.replace(/\d+([.,]\d+)?/g, '#')}`;
    if (lastText.get(step) === text) return false;
    const before = lastTime.get(shape);
    if (before !== undefined && now() - before < QUIET_MS) return false;
    lastText.set(step, text);
    lastTime.set(shape, now());
    return true;
  };
}
