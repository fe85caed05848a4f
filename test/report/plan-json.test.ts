import { expect, it } from 'vitest';
import { planJson } from '../../src/report/plan-json.js';
import { poisoned, steering } from './poisoned.js';
import { planOf, readyNode } from './sample-plan.js';

it('planJson is the plan itself, indented', () => {
  const text = planJson(planOf(readyNode));
  expect(JSON.parse(text)).toEqual(planOf(readyNode));
  expect(text.split('\n')[1]).toBe('  "apiVersion": "dockershim-migrate.io/v1",');
  expect(text.endsWith('}\n')).toBe(true);
});

it('planJson can be shown on a terminal, and still means the same', () => {
  const plan = poisoned(planOf(readyNode));
  const text = planJson(plan);
  expect(steering(text)).toEqual([]);
  expect(JSON.parse(text)).toEqual(plan);
});
