import type { MigrationPlan } from '../core/plan.js';

/** The plan itself, indented. JSON leaves C1 and marks of direction as they are: they are written as escapes, which parse back. */
export const planJson = (plan: MigrationPlan): string =>
  `${JSON.stringify(plan, null, 2).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}\n`;
