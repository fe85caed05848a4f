import type { ClusterPod, DisruptionBudget } from '../../../src/core/cluster-objects.js';
import { budgetSelects } from '../../../src/drain/budget-selects.js';
import type { ClusterState } from './cluster-state.js';

/** The budgets with their status as of now, as the disruption controller would have it. */
export function budgetStatus(state: ClusterState): DisruptionBudget[] {
  return [...state.budgets.values()].map((spec) => {
    const zero = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
    const selected = [...state.pods.values()].filter((pod) => budgetSelects({ ...spec, ...zero }, pod));
    const living = selected.filter(({ deletionTimestamp }) => deletionTimestamp === undefined);
    const currentHealthy = living.filter(({ ready }: ClusterPod) => ready).length;
    const desiredHealthy = Number(spec.minAvailable ?? 0);
    return {
      ...spec,
      currentHealthy,
      desiredHealthy,
      expectedPods: living.length,
      disruptionsAllowed: Math.max(0, currentHealthy - desiredHealthy),
    };
  });
}
