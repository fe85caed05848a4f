import type { ClusterPod, DisruptionBudget } from '../core/cluster-objects.js';
import { budgetSelects } from './budget-selects.js';
import { unsatisfiableBudget } from './unsatisfiable-budget.js';

export interface HeldPod {
  readonly pod: ClusterPod;
  /** More than one only where that is the trouble. */
  readonly budgets: readonly DisruptionBudget[];
  /** Fit to follow "because". */
  readonly because: string;
  /** What to do about it; empty where waiting may do. */
  readonly fix: string;
}

export interface BudgetVerdict {
  /** Evictions that the API server will refuse until somebody changes the budgets or the number of pods. */
  readonly never: readonly HeldPod[];
  /** Evictions that it would refuse now, and may allow later. */
  readonly waiting: readonly HeldPod[];
}

/** What the budgets say to the eviction of pods, as the eviction subresource decides it. */
export function budgetVerdict(pods: readonly ClusterPod[], budgets: readonly DisruptionBudget[]): BudgetVerdict {
  const never: HeldPod[] = [];
  const waiting: HeldPod[] = [];
  for (const pod of pods) {
    if (isExempt(pod)) continue;
    const own = budgets.filter((budget) => budgetSelects(budget, pod));
    const [budget, second] = own;
    if (budget === undefined) continue;
    if (second !== undefined) {
      const because = `${own.length} budgets select it (${own.map(({ name }) => name).join(', ')}), which the API server answers with an error for ever`;
      never.push({ pod, budgets: own, because, fix: 'change the budgets so that one alone selects the pod' });
      continue;
    }
    if (mayGoUnhealthy(pod, budget)) continue;
    const impossible = unsatisfiableBudget(budget);
    if (impossible !== undefined) {
      const fix = `scale up what the budget ${budget.namespace}/${budget.name} covers, or change or remove the budget for the time of the migration`;
      never.push({ pod, budgets: own, because: `budget ${budget.name} can never allow it: ${impossible}`, fix });
    } else if (budget.disruptionsAllowed <= 0 || !budget.upToDate) {
      waiting.push({ pod, budgets: own, because: whyNotNow(budget), fix: '' });
    }
  }
  return { never, waiting };
}

/** Pods that have not begun, have ended or are on their way out are evicted without a look at the budgets. */
const isExempt = (pod: ClusterPod): boolean =>
  pod.phase === 'Pending' || pod.phase === 'Succeeded' || pod.phase === 'Failed' || pod.deletionTimestamp !== undefined;

function mayGoUnhealthy(pod: ClusterPod, budget: DisruptionBudget): boolean {
  if (pod.ready) return false;
  if (budget.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  return budget.desiredHealthy > 0 && budget.currentHealthy >= budget.desiredHealthy;
}

function whyNotNow(budget: DisruptionBudget): string {
  if (!budget.upToDate) return `the status of budget ${budget.name} lags behind its spec`;
  if (budget.expectedPods === 0) {
    return `budget ${budget.name} counts no pods, as it does when their controller cannot be scaled`;
  }
  return `budget ${budget.name} needs ${budget.desiredHealthy} healthy pods, has ${budget.currentHealthy}`;
}
