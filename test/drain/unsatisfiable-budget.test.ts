import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unsatisfiableBudget } from '../../src/drain/unsatisfiable-budget.js';
import { aBudget } from './a-budget.js';

const none = { minAvailable: undefined, maxUnavailable: undefined };

describe('unsatisfiableBudget', () => {
  it.each([
    ['maxUnavailable 0', { maxUnavailable: '0' }, 3, true],
    ['maxUnavailable 0%', { maxUnavailable: '0%' }, 3, true],
    ['maxUnavailable 0, nothing counted yet', { maxUnavailable: '0' }, 0, true],
    ['maxUnavailable 1', { maxUnavailable: '1' }, 1, false],
    ['maxUnavailable 10% of 3 is 1, rounded up', { maxUnavailable: '10%' }, 3, false],
    ['maxUnavailable 1% of 1 is 1', { maxUnavailable: '1%' }, 1, false],
    ['minAvailable 100%', { minAvailable: '100%' }, 3, true],
    ['minAvailable 100%, nothing counted yet', { minAvailable: '100%' }, 0, true],
    ['minAvailable as many as there are', { minAvailable: '3' }, 3, true],
    ['minAvailable more than there are', { minAvailable: '4' }, 3, true],
    ['minAvailable one less', { minAvailable: '2' }, 3, false],
    ['minAvailable, nothing counted yet', { minAvailable: '1' }, 0, false],
    ['minAvailable 90% of 5 is 5, rounded up', { minAvailable: '90%' }, 5, true],
    ['minAvailable 80% of 5 is 4', { minAvailable: '80%' }, 5, false],
    ['minAvailable 50% of 1 is 1', { minAvailable: '50%' }, 1, true],
    ['minAvailable 0', { minAvailable: '0' }, 1, false],
    ['neither', {}, 3, false],
  ])('%s', (_name, spec, expectedPods, never) => {
    expect(unsatisfiableBudget(aBudget({ ...none, ...spec, expectedPods })) !== undefined).toBe(never);
  });

  it('agrees with the disruption controller: never, if all healthy still allow none', () => {
    const amount = fc.oneof(
      fc.nat(12).map(String),
      fc.nat(100).map((percent) => `${percent}%`),
    );
    const scaled = (value: string, total: number): number => {
      if (!value.endsWith('%')) return Number(value);
      // Rounded up without a fraction: as many as it takes for share * 100 to reach percent * total.
      let share = 0;
      while (share * 100 < Number(value.slice(0, -1)) * total) share += 1;
      return share;
    };
    fc.assert(
      fc.property(amount, fc.boolean(), fc.integer({ min: 1, max: 40 }), (value, isMin, expectedPods) => {
        const desired = isMin ? scaled(value, expectedPods) : expectedPods - scaled(value, expectedPods);
        const budget = aBudget({ ...none, [isMin ? 'minAvailable' : 'maxUnavailable']: value, expectedPods });
        expect(unsatisfiableBudget(budget) !== undefined).toBe(expectedPods - desired <= 0);
      }),
      { numRuns: 500 },
    );
  });

  it('says what was rounded', () => {
    expect(unsatisfiableBudget(aBudget({ ...none, minAvailable: '90%', expectedPods: 5 }))).toBe(
      'minAvailable is 90% (5 pods, rounded up) and there are 5 pods',
    );
  });
});
