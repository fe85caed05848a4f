import { expect } from 'vitest';
import type { Fault } from '../fakes/operator.js';
import type { Variant } from '../fakes/standard-world.js';
import type { WholeRun } from './whole-run.js';

/** Every call of one kind of node, and of the others as many as show that it makes no difference. */
export const EVERY: Readonly<Record<Variant, number>> = {
  shared: 1,
  apart: 2,
  crio: 3,
};

/** Tries something at every call of a migration, or every so many, tells how each went, and fails with all that went wrong. */
export async function atEveryPoint(
  { variant, calls }: Pick<WholeRun, 'variant' | 'calls'>,
  how: Fault['how'] | 'interrupts',
  /** Returns how it ended, and in what it is not as it should be. */
  attempt: (fault: Fault) => Promise<{ readonly outcome: string; readonly wrong: readonly string[] }>,
  /** Where another test takes every point of much the same way. */
  { every = 1 } = {},
): Promise<void> {
  const outcomes: Record<string, number> = {};
  const wrong: string[] = [];
  let points = 0;
  for (const [index, call] of calls.entries()) {
    if (index % every !== 0) continue;
    if (how.endsWith('torn') && !call.startsWith('appendFile')) continue;
    // Only a command can say no; all else fails in one way.
    if (how === 'refused' && !call.startsWith('run ')) continue;
    points += 1;
    const result = await attempt({ at: index + 1, how: how === 'interrupts' ? 'fails' : how });
    outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1;
    if (result.wrong.length > 0) wrong.push(`${index + 1}: ${call}: ${result.outcome}: ${result.wrong.join('\n    ')}`);
  }
  const counts = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  process.stdout.write(`  ${variant}: ${how} at ${points} points: ${counts.join(', ')}\n`);
  expect(wrong.slice(0, 10).join('\n'), `${wrong.length} of ${points} points`).toBe('');
}
