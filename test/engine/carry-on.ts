import { findMigration } from '../../src/engine/find-migration.js';
import { freeStaleLock } from '../../src/engine/lock.js';
import type { FakeWorld } from '../fakes/fake-world.js';
import type { MigrationPlan } from '../../src/core/plan.js';
import { session } from './session.js';

/**
 * What somebody does who finds a node amid a migration and wants it done: `migrate resume`, where that says to go back
 * `migrate rollback`, and where nothing is remembered `migrate node` again.
 */
export async function carryOn(world: FakeWorld, plan: MigrationPlan): Promise<string> {
  const { operator, resume, rollback, migrate } = session(world);
  await freeStaleLock(operator.host);
  const found = await findMigration(operator.env.readHost);
  if (found === undefined) return (await migrate(plan)).outcome;
  if (found.state.outcome === 'migrated') return 'migrated';
  if (found.state.rollingBack || found.guardFired) return (await rollback()).outcome;
  return (await resume()).outcome;
}

/** `migrate rollback`, where there is something to take back. */
export async function goBack(world: FakeWorld): Promise<string> {
  const { operator, rollback } = session(world);
  await freeStaleLock(operator.host);
  const found = await findMigration(operator.env.readHost);
  return found === undefined ? 'not begun' : (await rollback()).outcome;
}
