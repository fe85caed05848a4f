import type { Outcome } from '../core/conversion.js';

/** What becomes of settings, in the order to read it in: what needs somebody comes first. */
export const OUTCOMES_BY_WEIGHT: readonly Outcome[] = [
  'refused',
  'warning',
  'converted',
  'kubelet',
  'systemd',
  'not-needed',
];
