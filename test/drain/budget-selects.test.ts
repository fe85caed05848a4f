import { describe, expect, it } from 'vitest';
import { budgetSelects } from '../../src/drain/budget-selects.js';
import { aBudget } from './a-budget.js';
import { aPod } from './a-pod.js';

const empty = { matchLabels: {}, matchExpressions: [] };

describe('budgetSelects', () => {
  it('takes an empty selector for every pod of the namespace in v1, for none in v1beta1', () => {
    expect(budgetSelects(aBudget({ apiVersion: 'policy/v1', selector: empty }), aPod())).toBe(true);
    expect(budgetSelects(aBudget({ apiVersion: 'policy/v1beta1', selector: empty }), aPod())).toBe(false);
  });

  it('selects nothing without a selector, in either version', () => {
    expect(budgetSelects(aBudget({ apiVersion: 'policy/v1', selector: undefined }), aPod())).toBe(false);
    expect(budgetSelects(aBudget({ apiVersion: 'policy/v1beta1', selector: undefined }), aPod())).toBe(false);
  });

  it('stays in its namespace', () => {
    const selector = { matchLabels: { app: 'web' }, matchExpressions: [] };
    const pod = aPod({ labels: { app: 'web' } });
    expect(budgetSelects(aBudget({ selector }), pod)).toBe(true);
    expect(budgetSelects(aBudget({ selector, namespace: 'team-b' }), pod)).toBe(false);
  });
});
