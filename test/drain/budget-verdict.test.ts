import { describe, expect, it } from 'vitest';
import { budgetVerdict } from '../../src/drain/budget-verdict.js';
import { aBudget } from './a-budget.js';
import { aPod } from './a-pod.js';

const full = { disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 2 };
const impossible = { ...full, minAvailable: undefined, maxUnavailable: '0' };
const names = (verdict: ReturnType<typeof budgetVerdict>) => ({
  never: verdict.never.map(({ pod }) => pod.name),
  waiting: verdict.waiting.map(({ pod }) => pod.name),
});

describe('budgetVerdict', () => {
  it('lets pods go that no budget holds, or whose budget allows it', () => {
    expect(names(budgetVerdict([aPod()], []))).toEqual({ never: [], waiting: [] });
    expect(names(budgetVerdict([aPod()], [aBudget()]))).toEqual({ never: [], waiting: [] });
    expect(names(budgetVerdict([aPod()], [aBudget({ ...impossible, namespace: 'team-b' })]))).toEqual({
      never: [],
      waiting: [],
    });
  });

  it('says who waits for what', () => {
    const { never, waiting } = budgetVerdict([aPod()], [aBudget(full)]);
    expect(never).toEqual([]);
    expect(waiting).toMatchObject([{ because: 'budget web needs 2 healthy pods, has 2' }]);
  });

  it('names a budget that can never allow it, and what to do', () => {
    const { never, waiting } = budgetVerdict([aPod()], [aBudget(impossible)]);
    expect(waiting).toEqual([]);
    expect(never[0]?.because).toBe('budget web can never allow it: maxUnavailable is 0, which allows none to be away');
    expect(never[0]?.fix).toContain('team-a/web');
  });

  it('names all budgets where several select a pod, even if each would allow it', () => {
    const { never } = budgetVerdict([aPod()], [aBudget({ name: 'one' }), aBudget({ name: 'two' })]);
    expect(never[0]?.because).toContain('2 budgets select it (one, two)');
    expect(never[0]?.budgets.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it.each([
    ['pending', { phase: 'Pending', ready: false }],
    ['succeeded', { phase: 'Succeeded', ready: false }],
    ['failed', { phase: 'Failed', ready: false }],
    ['terminating', { deletionTimestamp: '2024-01-01T00:00:00Z' }],
  ])('does not ask budgets about a %s pod', (_name, overrides) => {
    const two = [aBudget({ ...impossible, name: 'one' }), aBudget({ ...impossible, name: 'two' })];
    expect(names(budgetVerdict([aPod(overrides)], two))).toEqual({ never: [], waiting: [] });
  });

  it('lets an unhealthy pod go where enough others are healthy, or the policy says so', () => {
    const sick = aPod({ ready: false });
    expect(names(budgetVerdict([sick], [aBudget(full)]))).toEqual({ never: [], waiting: [] });
    const short = { ...impossible, currentHealthy: 1 };
    expect(names(budgetVerdict([sick], [aBudget(short)]))).toEqual({ never: ['web-0'], waiting: [] });
    const always = aBudget({ ...short, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
    expect(names(budgetVerdict([sick], [always]))).toEqual({ never: [], waiting: [] });
    expect(names(budgetVerdict([aPod()], [always]))).toEqual({ never: ['web-0'], waiting: [] });
    // Nothing desired is no proof of health.
    expect(
      names(budgetVerdict([sick], [aBudget({ ...impossible, desiredHealthy: 0, currentHealthy: 0 })])).never,
    ).toEqual(['web-0']);
  });

  it('waits for a status that lags behind, and for one that counts nothing', () => {
    expect(budgetVerdict([aPod()], [aBudget({ upToDate: false })]).waiting[0]?.because).toContain('lags behind');
    expect(
      budgetVerdict([aPod()], [aBudget({ ...full, minAvailable: '1', expectedPods: 0 })]).waiting[0]?.because,
    ).toContain('counts no pods');
  });
});
