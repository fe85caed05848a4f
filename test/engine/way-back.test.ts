import { afterEach, describe, expect, test, vi } from 'vitest';
import { nodeState } from '../fakes/node-state.js';
import type { Fault } from '../fakes/operator.js';
import { standardWorld, type Variant } from '../fakes/standard-world.js';
import { goBack } from './carry-on.js';
import { differences } from './differences.js';
import { atEveryPoint, EVERY } from './points.js';
import { NODE, session } from './session.js';
import { wholeRun, type WholeRun } from './whole-run.js';

afterEach(() => void vi.unstubAllGlobals());

/** A package mark or a module that is not given back is no reason to call for hands; somebody is told. */
const isTold = (difference: string, warnings: readonly string[]): boolean => {
  const kept = warnings.flatMap((warning) => / keeps the name (\S+):/.exec(warning)?.[1] ?? []);
  if (kept.some((name) => difference.startsWith(`crio images ${name} `))) return true;
  return warnings.length > 0 && /^(?:packages|kernel modules) /.test(difference);
};

/** The number of the call from which on a node that is being switched turns back, and all calls of that run. */
async function turningPoint({ variant, plan, calls }: WholeRun) {
  const at = calls.findIndex((call) => call.includes('restart kubelet.service')) + 1;
  const world = await standardWorld(variant);
  const turned = session(world, { faults: [{ at, how: 'fails-after' }] });
  const { outcome } = await turned.migrate(plan);
  if (outcome !== 'rolled-back') throw new Error(`the way back ended with ${outcome}`);
  return { at, calls: turned.operator.calls };
}

describe.each<Variant>(['shared', 'apart', 'crio'])('the way back, disturbed at any call (%s)', async (variant) => {
  const whole = await wholeRun(variant);
  const { at, calls } = await turningPoint(whole);

  test.each<Fault['how']>(variant === 'shared' ? ['fails', 'dies', 'power'] : ['fails'])(
    '%s: whoever goes on with it finds the node as it was',
    { timeout: 120_000 },
    async (how) => {
      const attempt = async (fault: Fault) => {
        const world = await standardWorld(variant);
        const second = { ...fault, at: fault.at + at };
        const disturbed = session(world, { faults: [{ at, how: 'fails-after' }, second] });
        const { outcome, warnings } = await disturbed.migrate(whole.plan);
        expect(disturbed.operator.calls.length).toBeGreaterThanOrEqual(second.at);
        await disturbed.operator.poweredUp();
        const again = outcome === 'rolled-back' && !disturbed.operator.dead ? 'whole' : await goBack(world);
        await world.settle();
        const wrong = differences(nodeState(world, NODE), whole.before).filter((one) => !isTold(one, warnings));
        return { outcome: `${outcome}, then ${again}`, wrong };
      };
      await atEveryPoint({ variant, calls: calls.slice(at) }, how, attempt, {
        every: variant === 'crio' ? EVERY.crio : 1,
      });
    },
  );

  test.each<Fault['how']>({ shared: ['fails', 'dies'] as const, apart: [], crio: ['fails'] as const }[variant])(
    '%s, from a migration that was complete',
    { timeout: 120_000 },
    async (how) => {
      const undone = await standardWorld(variant);
      await session(undone).migrate(whole.plan);
      const back = session(undone);
      await back.rollback();
      const attempt = async (fault: Fault) => {
        const world = await standardWorld(variant);
        await session(world).migrate(whole.plan);
        const disturbed = session(world, { faults: [fault] });
        const { outcome, warnings } = await disturbed
          .rollback()
          .catch(() => ({ outcome: 'not begun' as const, warnings: [] }));
        const again = outcome === 'rolled-back' && !disturbed.operator.dead ? 'whole' : await goBack(world);
        await world.settle();
        const wrong = differences(nodeState(world, NODE), whole.before).filter((one) => !isTold(one, warnings));
        return { outcome: `${outcome}, then ${again}`, wrong };
      };
      await atEveryPoint({ variant, calls: back.operator.calls }, how, attempt, {
        every: how === 'fails' ? EVERY[variant] : 2,
      });
    },
  );
});

describe('without the API server', async () => {
  const whole = await wholeRun('shared');

  test(
    'the node gets its own back, and the rest when the API server is there again',
    { timeout: 120_000 },
    async () => {
      const attempt = async (fault: Fault) => {
        const world = await standardWorld('shared');
        await session(world, { faults: [fault] })
          .migrate(whole.plan)
          .catch(() => undefined);
        const alone = session(world, { kube: 'away' });
        const outcome = await alone.rollback().then(
          (result) => result.outcome,
          () => 'not begun' as const,
        );
        await world.settle();
        const { cluster: _cluster, locked: _locked, ...own } = nodeState(world, NODE);
        const { cluster: _before, locked: _free, ...wanted } = whole.before;
        const wrong = differences(own, wanted);
        const again = await goBack(world);
        await world.settle();
        wrong.push(...differences(nodeState(world, NODE), whole.before));
        return { outcome: `${outcome}, then ${again}`, wrong };
      };
      await atEveryPoint(whole, 'dies', attempt, { every: 3 });
    },
  );
});
