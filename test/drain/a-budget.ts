import type { DisruptionBudget } from '../../src/core/cluster-objects.js';

/** A budget over every pod of team-a that may lose one of three. */
export const aBudget = (overrides: Partial<DisruptionBudget> = {}): DisruptionBudget => ({
  namespace: 'team-a',
  name: 'web',
  apiVersion: 'policy/v1',
  selector: { matchLabels: {}, matchExpressions: [] },
  minAvailable: '2',
  maxUnavailable: undefined,
  disruptionsAllowed: 1,
  currentHealthy: 3,
  desiredHealthy: 2,
  expectedPods: 3,
  upToDate: true,
  ...overrides,
});
