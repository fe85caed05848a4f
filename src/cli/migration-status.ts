import type { FoundMigration } from '../engine/find-migration.js';
import type { MigrationStatus } from '../report/node-status.js';

/** Where a migration stands, from what its node remembers. */
export function migrationStatus({ nodePlan, lines, state, guardFired }: FoundMigration): MigrationStatus {
  const last = lines.findLast((line) => 'step' in line);
  const spec = nodePlan.phases
    .flatMap(({ steps }) => steps)
    .find(({ id }) => last !== undefined && 'step' in last && id === last.step);
  return {
    planId: nodePlan.planId,
    outcome: state.outcome,
    ...(spec === undefined ? {} : { phase: spec.phase, step: spec.title }),
    since: lines.at(-1)?.at ?? '',
    ...(state.lastFailure === undefined ? {} : { lastFailure: state.lastFailure }),
    rollingBack: state.rollingBack || guardFired,
    guardArmed: state.guardArmed,
    nodeRolledBackByItself: guardFired,
  };
}
