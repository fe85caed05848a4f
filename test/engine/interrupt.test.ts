import { afterEach, describe, expect, test, vi } from 'vitest';
import { nodeState } from '../fakes/node-state.js';
import type { Fault } from '../fakes/operator.js';
import { standardWorld } from '../fakes/standard-world.js';
import { carryOn, goBack } from './carry-on.js';
import { differences } from './differences.js';
import { atEveryPoint } from './points.js';
import { NODE, session } from './session.js';
import { wholeRun } from './whole-run.js';

afterEach(() => void vi.unstubAllGlobals());

describe('an operator who interrupts at any call', async () => {
  const whole = await wholeRun('shared');

  test('stops where it is safe, never in the dark, and can go on or back', { timeout: 120_000 }, async () => {
    const attempt = async ({ at }: Fault) => {
      const world = await standardWorld('shared');
      const stop = new AbortController();
      const signals = { stop: stop.signal, stopNow: new AbortController().signal };
      const interrupted = session(world, { signals, onCall: (number) => number === at && stop.abort() });
      const { outcome } = await interrupted.migrate(whole.plan);
      const wrong = nodeState(world, NODE).cluster.ready ? [] : ['it was left in the dark'];
      const onward = await carryOn(world, whole.plan);
      await world.settle();
      wrong.push(...differences(nodeState(world, NODE), whole.migrated));
      return { outcome: `${outcome}, then ${onward}`, wrong };
    };
    await atEveryPoint(whole, 'interrupts', attempt);
  });

  test('twice stops at once, and the node can be brought back', { timeout: 120_000 }, async () => {
    const attempt = async ({ at }: Fault) => {
      const world = await standardWorld('shared');
      const stop = new AbortController();
      const signals = { stop: stop.signal, stopNow: stop.signal };
      const interrupted = session(world, { signals, onCall: (number) => number === at && stop.abort() });
      const { outcome } = await interrupted.migrate(whole.plan);
      const back = outcome === 'rolled-back' ? outcome : await goBack(world);
      await world.settle();
      expect(outcome).not.toBe('needs-hands');
      return { outcome: `${outcome}, then ${back}`, wrong: differences(nodeState(world, NODE), whole.before) };
    };
    await atEveryPoint(whole, 'interrupts', attempt, { every: 3 });
  });
});

test('with --on-failure stop the node stays where it failed, and resume goes on from there', async () => {
  const whole = await wholeRun('apart');
  const at = whole.calls.findIndex((call) => call.startsWith('annotate')) + 1;
  const world = await standardWorld('apart');
  const stopped = session(world, { faults: [{ at, how: 'fails' }] });
  expect((await stopped.migrate(whole.plan, 'stop')).outcome).toBe('stopped');
  expect(nodeState(world, NODE)).toMatchObject({ locked: true, cluster: { runtime: 'containerd://1.6.20' } });
  expect((await session(world).resume()).outcome).toBe('migrated');
  await world.settle();
  expect(nodeState(world, NODE)).toEqual(whole.migrated);
});
