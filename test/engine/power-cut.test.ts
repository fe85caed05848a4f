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

/** The node is up again, and the operator's process is no more. */
async function afterPowerCut({ variant, plan }: WholeRun, fault: Fault): Promise<FakeWorld> {
  const world = await standardWorld(variant);
  const { migrate, operator } = session(world, { faults: [fault] });
  await migrate(plan).catch(() => undefined);
  expect(operator.dead).toBe(true);
  await operator.poweredUp();
  return world;
}

describe('a power cut at any call of a migration', async () => {
  const runs = { shared: await wholeRun('shared'), apart: await wholeRun('apart'), crio: await wholeRun('crio') };
  const whole = runs.shared;

  test.each<[Fault['how'], Variant]>([
    ['power', 'shared'],
    ['power-torn', 'shared'],
    ['power', 'apart'],
    ['power', 'crio'],
  ])(
    '%s (%s): the node works by itself, and a rollback finds it as it was',
    { timeout: 120_000 },
    async (how, variant) => {
      const attempt = async (fault: Fault) => {
        const world = await afterPowerCut(runs[variant], fault);
        await world.settle(300_000);
        const { cluster, pods, leakedLeases } = nodeState(world, NODE);
        const wrong = cluster.ready ? [] : [`the node is not Ready`];
        for (const [pod, state] of Object.entries(pods))
          if (!state.startsWith('ready')) wrong.push(`${pod} is ${state}`);
        if (leakedLeases > 0) wrong.push(`${leakedLeases} addresses leaked`);
        const outcome = await goBack(world);
        await world.settle();
        wrong.push(...differences(nodeState(world, NODE), runs[variant].before));
        return { outcome: `on ${cluster.runtime}, then ${outcome}`, wrong };
      };
      await atEveryPoint(runs[variant], how, attempt, { every: EVERY[variant] });
    },
  );

  test('whoever comes at once completes it', { timeout: 120_000 }, async () => {
    const attempt = async (fault: Fault) => {
      const world = await afterPowerCut(whole, fault);
      const outcome = await carryOn(world, whole.plan);
      await world.settle();
      const expected = outcome === 'migrated' ? whole.migrated : whole.before;
      return { outcome, wrong: differences(nodeState(world, NODE), expected) };
    };
    await atEveryPoint(whole, 'power', attempt, { every: 2 });
  });

  test('whoever comes at once takes it back', { timeout: 120_000 }, async () => {
    const attempt = async (fault: Fault) => {
      const world = await afterPowerCut(whole, fault);
      const outcome = await goBack(world);
      await world.settle();
      return { outcome, wrong: differences(nodeState(world, NODE), whole.before) };
    };
    await atEveryPoint(whole, 'power', attempt, { every: 3 });
  });
});
