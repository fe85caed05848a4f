import type { Notice } from '../core/plan.js';

/** Nothing is written on a guess: what could not be looked at is said instead. */
export const conversionUndecided = (subject: string, why: string): Notice => ({
  gate: 'conversion',
  level: 'undecided',
  message: `the new configuration depends on ${subject}, which is not known: ${why}`,
  fix: 'see to it that it can be read, and take the inventory again',
});
