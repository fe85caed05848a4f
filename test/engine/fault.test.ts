import { afterEach, describe, expect, test, vi } from 'vitest';
import { messageOf } from '../../src/core/errors.js';
import { nodeState } from '../fakes/node-state.js';
import type { Fault } from '../fakes/operator.js';
import { standardWorld, type Variant } from '../fakes/standard-world.js';
import { carryOn } from './carry-on.js';
import { differences } from './differences.js';
import { atEveryPoint, EVERY } from './points.js';
import { NODE, session } from './session.js';
import { wholeRun } from './whole-run.js';

afterEach(() => void vi.unstubAllGlobals());

describe.each<Variant>(['shared', 'apart', 'crio'])('a fault at any call of a migration (%s)', async (variant) => {
  const whole = await wholeRun(variant);
  test.each<Fault['how']>(variant === 'shared' ? ['fails', 'fails-after', 'refused'] : ['fails-after', 'refused'])(
    'that %s ends by itself with the node as it was, or migrated',
    { timeout: 120_000 },
    async (how) => {
      const attempt = async (fault: Fault) => {
        const world = await standardWorld(variant);
        const { migrate, operator } = session(world, { faults: [fault] });
        const { outcome, errors, warnings } = await migrate(whole.plan).catch((error: unknown) => ({
          outcome: 'not begun' as const,
          errors: [messageOf(error)],
          warnings: [],
        }));
        if (warnings.some((warning) => warning.includes('could not be closed'))) await carryOn(world, whole.plan);
        await world.settle();
        expect(operator.calls.length).toBeGreaterThanOrEqual(fault.at);

        const state = nodeState(world, NODE);
        // An address or a name that is not given back is no reason to stop; somebody is told.
        const told = warnings.filter((warning) => warning.includes('may not have been given back')).length;
        const leakedLeases = state.leakedLeases <= told ? 0 : state.leakedLeases;
        const kept = warnings.flatMap((warning) => / keeps the name (\S+):/.exec(warning)?.[1] ?? []);
        const wrong = differences(
          { ...state, leakedLeases },
          outcome === 'migrated' ? whole.migrated : whole.before,
        ).filter((difference) => !kept.some((name) => difference.includes(` images ${name} `)));
        if (!/^(?:migrated|rolled-back|not begun)$/.test(outcome)) wrong.push(errors.join('; '));
        return { outcome, wrong };
      };
      await atEveryPoint(whole, how, attempt, { every: EVERY[variant] });
    },
  );
});
