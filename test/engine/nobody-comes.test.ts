import { afterEach, describe, expect, test, vi } from 'vitest';
import { findMigration } from '../../src/engine/find-migration.js';
import { SILENCE_LIMIT_S } from '../../src/engine/guard.js';
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

async function silentFor({ variant, plan }: WholeRun, fault: Fault, seconds: number): Promise<FakeWorld> {
  const world = await standardWorld(variant);
  const { migrate, operator } = session(world, { faults: [fault] });
  await migrate(plan).catch(() => undefined);
  expect(operator.dead).toBe(true);
  await world.clock.sleep(seconds * 1000);
  return world;
}

describe('an operator that dies, and nobody comes', async () => {
  const whole = await wholeRun('shared');

  test.each<Variant>(['shared', 'crio'])(
    'the node brings itself to light (%s)',
    { timeout: 120_000 },
    async (variant) => {
      const own = await wholeRun(variant);
      const attempt = async (fault: Fault) => {
        const world = await silentFor(own, fault, SILENCE_LIMIT_S + 180);
        const { cluster, pods, leakedLeases } = nodeState(world, NODE);
        const wrong = cluster.ready ? [] : ['the node is not Ready'];
        for (const [pod, state] of Object.entries(pods))
          if (!state.startsWith('ready')) wrong.push(`${pod} is ${state}`);
        if (leakedLeases > 0) wrong.push(`${leakedLeases} addresses leaked`);
        const found = await findMigration(session(world).operator.env.readHost);
        const outcome = await goBack(world);
        await world.settle();
        wrong.push(...differences(nodeState(world, NODE), own.before));
        return { outcome: `${found?.guardFired === true ? 'by itself' : 'as left'}, then ${outcome}`, wrong };
      };
      await atEveryPoint(own, 'dies', attempt, { every: EVERY[variant] });
    },
  );

  // Between the last sign of life and the node's own decision lies the time in which both may act at once.
  test.each([SILENCE_LIMIT_S - 1])(
    'somebody who comes after %i s completes it or takes it back whole',
    { timeout: 120_000 },
    async (seconds) => {
      const attempt = async (fault: Fault) => {
        const world = await silentFor(whole, fault, seconds);
        const outcome = await carryOn(world, whole.plan).catch(async () => `refused, then ${await goBack(world)}`);
        await world.settle(SILENCE_LIMIT_S * 1000 + 60_000);
        const expected = outcome === 'migrated' ? whole.migrated : whole.before;
        return { outcome, wrong: differences(nodeState(world, NODE), expected) };
      };
      await atEveryPoint(whole, 'dies', attempt, { every: 3 });
    },
  );

  test.each([SILENCE_LIMIT_S - 1])(
    'somebody who comes after %i s to take it back has it whole',
    { timeout: 120_000 },
    async (seconds) => {
      const attempt = async (fault: Fault) => {
        const world = await silentFor(whole, fault, seconds);
        const outcome = await goBack(world);
        await world.settle(SILENCE_LIMIT_S * 1000 + 60_000);
        return { outcome, wrong: differences(nodeState(world, NODE), whole.before) };
      };
      await atEveryPoint(whole, 'dies', attempt, { every: 3 });
    },
  );
});
