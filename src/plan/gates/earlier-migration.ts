import { LOCK_PATH } from '../../core/node-paths.js';
import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';

export const earlierMigration: Gate = {
  id: 'earlier-migration',
  title: 'No migration of the node is under way',
  why: 'A migration that stopped halfway left its journal, and with it the way back. A second one on top of it would take the half-way state for the one to give back.',
  links: [],
  check: ({ inventory: { name, migrations } }) => {
    if (!migrations.known) return [notKnown('whether an earlier migration is unfinished', migrations.why)];
    const { lock, journals } = migrations.value;
    const ways = `finish it with \`migrate resume ${name}\` or undo it with \`migrate rollback ${name}\``;
    const open = journals.filter(({ outcome }) => outcome === 'open' || outcome === 'needs-hands');
    if (lock !== undefined) {
      const message = `the migration ${lock.planId} holds the lock of this node, taken by ${lock.owner} at ${lock.since}`;
      const ended = journals.some(
        ({ planId, outcome }) => planId === lock.planId && !['open', 'needs-hands', 'damaged'].includes(outcome),
      );
      const stale = `it has ended: see that no \`migrate\` runs on ${lock.owner}, and remove ${LOCK_PATH} on the node`;
      return [{ level: 'blocker', message, fix: ended ? stale : `if nobody is at it any more, ${ways}` }];
    }
    const damaged = journals.filter(({ outcome }) => outcome === 'damaged');
    return [
      ...open.map(({ planId, outcome, at }) => ({
        level: 'blocker' as const,
        message: `the migration ${planId} of this node ${outcome === 'open' ? 'is unfinished' : 'failed and needs hands'} since ${at}`,
        fix: ways,
      })),
      ...damaged.map(({ planId }) => ({
        level: 'blocker' as const,
        message: `the journal of the migration ${planId} cannot be read, so that nobody knows how it ended`,
        fix: `see in its directory beside ${LOCK_PATH} what was done, and move the directory away`,
      })),
    ];
  },
};
