import type { DisruptionBudget } from '../core/cluster-objects.js';

/**
 * Why a budget can allow no disruption even with every pod healthy, or undefined when it can.
 *
 * The disruption controller rounds both percentages up: `maxUnavailable: 10%` of 3 pods is 1, `minAvailable: 90%` of 5 is 5.
 */
export function unsatisfiableBudget(budget: DisruptionBudget): string | undefined {
  const { minAvailable, maxUnavailable, expectedPods } = budget;
  if (maxUnavailable !== undefined) {
    return /^0+%?$/.test(maxUnavailable)
      ? `maxUnavailable is ${maxUnavailable}, which allows none to be away`
      : undefined;
  }
  if (minAvailable === undefined) return undefined;

  const needed = neededOf(minAvailable, expectedPods);
  if (minAvailable.endsWith('%') && Number.parseInt(minAvailable, 10) >= 100) {
    return `minAvailable is ${minAvailable}, which allows none to be away`;
  }
  // Without expected pods nothing was counted yet.
  if (expectedPods === 0 || needed < expectedPods) return undefined;
  const counted = minAvailable.endsWith('%') ? `${minAvailable} (${needed} pods, rounded up)` : minAvailable;
  return `minAvailable is ${counted} and there ${expectedPods === 1 ? 'is 1 pod' : `are ${expectedPods} pods`}`;
}

function neededOf(minAvailable: string, expectedPods: number): number {
  const value = Number.parseInt(minAvailable, 10);
  // Integers first: 0.07 * 100 is more than 7.
  return minAvailable.endsWith('%') ? Math.ceil((value * expectedPods) / 100) : value;
}
