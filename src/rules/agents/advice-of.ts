import type { Agent } from './agent.js';

/** What to do about a product: its version that needs nothing first, where there is one. */
export function adviceOf({ since, advice }: Agent): string {
  return since === undefined ? advice : `${since.changes} ${advice}`;
}
