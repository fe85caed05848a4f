import { labAvailable } from '../lab/lab-available.js';

/** Why there can be no lab here; undefined when there can. */
export function labMissing(): string | undefined {
  const available = labAvailable();
  return available.ok ? undefined : available.why;
}
