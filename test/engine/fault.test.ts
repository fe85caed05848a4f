import { afterEach, describe, expect, test, vi } from 'vitest';
import { nodeState } from '../fakes/node-state.js';
import type { Fault } from '../fakes/operator.js';
import { standardWorld, type Variant } from '../fakes/standard-world.js';
import { NODE, session } from './session.js';
import { wholeRun, type WholeRun } from './whole-run.js';

const WAYS: readonly Fault['how'][] = ['fails', 'fails-after', 'refused'];

afterEach(() => void vi.unstubAllGlobals());

/** Runs the migration with one call going wrong, and says how it ended and what is left. */
async function withFault({ variant, plan }: WholeRun, fault: Fault) {
  const world = await standardWorld(variant);
  const { migrate, operator } = session(world, { fault });
  const outcome = await migrate(plan).then(
    (result) => result.outcome,
    () => 'not begun' as const,
  );
  await world.settle();
  return { outcome, state: nodeState(world, NODE), reached: operator.calls.length >= fault.at };
}

describe.each<Variant>(['shared', 'apart'])('a fault at any call of a migration (%s)', async (variant) => {
  const whole = await wholeRun(variant);

  test.each(WAYS)('that %s leaves the node as it was, or migrated', async (how) => {
    const outcomes = new Map<string, number>();
    const wrong: string[] = [];
    for (const [index, call] of whole.calls.entries()) {
      const { outcome, state, reached } = await withFault(whole, { at: index + 1, how });
      if (!reached) wrong.push(`${index + 1}: ${call}: never came`);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      const expected = outcome === 'migrated' ? whole.migrated : whole.before;
      try {
        expect(outcome).toMatch(/^(?:migrated|rolled-back|not begun)$/);
        expect(state).toEqual(expected);
      } catch (error) {
        wrong.push(`${index + 1}: ${call}: ${outcome}: ${String(error)}`);
      }
    }
    console.log(`${variant}, ${how}: ${whole.calls.length} points, ${JSON.stringify(Object.fromEntries(outcomes))}`);
    expect(wrong).toEqual([]);
  });
});
