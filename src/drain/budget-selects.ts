import type { ClusterPod, DisruptionBudget } from '../core/cluster-objects.js';
import { selects } from './selects.js';

/** Whether a budget counts a pod among its own. */
export function budgetSelects(budget: DisruptionBudget, pod: ClusterPod): boolean {
  const { selector } = budget;
  if (budget.namespace !== pod.namespace || selector === undefined) return false;
  const empty = Object.keys(selector.matchLabels).length === 0 && selector.matchExpressions.length === 0;
  // `{}` is nothing in v1beta1 and every pod of the namespace in v1.
  if (empty) return budget.apiVersion === 'policy/v1';
  return selects(selector, pod.labels);
}
