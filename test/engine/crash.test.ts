import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FakeWorld } from '../fakes/fake-world.js';
import { nodeState } from '../fakes/node-state.js';
import type { Fault } from '../fakes/operator.js';
import { standardWorld, type Variant } from '../fakes/standard-world.js';
import { carryOn, goBack } from './carry-on.js';
import { differences } from './differences.js';
import { atEveryPoint, EVERY } from './points.js';
import { NODE, session } from './session.js';
import { wholeRun, type WholeRun } from './whole-run.js';

afterEach(() => void vi.unstubAllGlobals());

/** The operator's process dies amid the migration, and somebody comes a few seconds later. */
async function afterCrash({ variant, plan }: WholeRun, fault: Fault): Promise<FakeWorld> {
  const world = await standardWorld(variant);
  const { migrate, operator } = session(world, { faults: [fault] });
  await migrate(plan).catch(() => undefined);
  expect(operator.dead).toBe(true);
  await world.clock.sleep(5000);
  return world;
}

describe.each<Variant>(['shared', 'apart', 'crio'])(
  'an operator that dies at any call of a migration (%s)',
  async (variant) => {
    const whole = await wholeRun(variant);
    test.each<Fault['how']>(variant === 'shared' ? ['dies', 'torn'] : ['dies'])(
      '%s: resume completes it, and rollback takes it back after that',
      { timeout: 120_000 },
      async (how) => {
        const attempt = async (fault: Fault) => {
          const world = await afterCrash(whole, fault);
          const outcome = await carryOn(world, whole.plan);
          await world.settle();
          const wrong = differences(nodeState(world, NODE), whole.migrated);
          const back = await goBack(world);
          await world.settle();
          wrong.push(...differences(nodeState(world, NODE), whole.before).map((one) => `${back}: ${one}`));
          return { outcome: `${outcome}, then ${back}`, wrong };
        };
        await atEveryPoint(whole, how, attempt, { every: EVERY[variant] });
      },
    );

    test.each<Fault['how']>(variant === 'shared' ? ['dies'] : [])(
      '%s: rollback gives the node back as it was',
      { timeout: 120_000 },
      async (how) => {
        await atEveryPoint(whole, how, async (fault) => {
          const world = await afterCrash(whole, fault);
          const outcome = await goBack(world);
          await world.settle();
          return { outcome, wrong: differences(nodeState(world, NODE), whole.before) };
        });
      },
    );
  },
);
