import { afterEach, describe, expect, test, vi } from 'vitest';
import { messageOf } from '../../src/core/errors.js';
import { nodeState } from '../fakes/node-state.js';
import type { Fault } from '../fakes/operator.js';
import { standardWorld, type Variant } from '../fakes/standard-world.js';
import { differences } from './differences.js';
import { atEveryPoint } from './points.js';
import { NODE, session } from './session.js';
import { wholeRun } from './whole-run.js';

const WAYS: readonly Fault['how'][] = ['fails', 'fails-after', 'refused'];

afterEach(() => void vi.unstubAllGlobals());

describe.each<Variant>(['shared', 'apart'])('a fault at any call of a migration (%s)', async (variant) => {
  const whole = await wholeRun(variant);

  test.each(WAYS)('that %s ends by itself with the node as it was, or migrated', { timeout: 60_000 }, async (how) => {
    await atEveryPoint(whole, how, async (fault) => {
      const world = await standardWorld(variant);
      const { migrate, operator } = session(world, { fault });
      const { outcome, errors, warnings } = await migrate(whole.plan).catch((error: unknown) => ({
        outcome: 'not begun' as const,
        errors: [messageOf(error)],
        warnings: [],
      }));
      await world.settle();
      expect(operator.calls.length).toBeGreaterThanOrEqual(fault.at);

      // A plugin that does not give an address back is no reason to stop; somebody is told.
      const leaks = warnings.filter((warning) => warning.includes('may not have been given back')).length;
      const expected = { ...(outcome === 'migrated' ? whole.migrated : whole.before), leakedLeases: leaks };
      const wrong = differences(nodeState(world, NODE), expected);
      if (!/^(?:migrated|rolled-back|not begun)$/.test(outcome)) wrong.push(errors.join('; '));
      return { outcome, wrong };
    });
  });
});
