import type { Notice } from '../../core/plan.js';

/** A gate's answer where it could not look: `what` is a clause, as in "whether Swarm is active". */
export const notKnown = (what: string, why: string): Omit<Notice, 'gate'> => ({
  level: 'undecided',
  message: `${what} is not known, because ${why}`,
  fix: 'see to it that this can be looked at, and plan again',
});
