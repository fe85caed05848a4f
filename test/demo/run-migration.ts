import { terminal } from '../../src/cli/terminal.js';
import { liveView } from '../../src/cli/view/live-view.js';
import { plainView } from '../../src/cli/view/plain-view.js';
import type { NodeResult } from '../../src/core/events.js';
import type { MigrationPlan } from '../../src/core/plan.js';
import { migrateNode } from '../../src/engine/migrate-node.js';
import type { FakeWorld } from '../fakes/fake-world.js';
import { operator } from '../fakes/operator.js';
import { smoothTime } from './smooth-time.js';
import { withWorldTimers } from './with-world-timers.js';

/** About what a command over ssh takes, the file system's sync included. */
const LATENCY_MS = 12;

/** Carries a plan of one node out before the eyes of whoever watches. */
export async function runMigration(world: FakeWorld, plan: MigrationPlan, pace: number): Promise<NodeResult> {
  const [nodePlan] = plan.nodes;
  if (nodePlan === undefined) throw new Error('the plan has no node');
  const now = smoothTime(world.clock, pace);
  const view = process.stderr.isTTY
    ? liveView(process.stderr, { color: terminal.errColor, now })
    : plainView(process.stderr, { now });
  const { env } = operator(world, nodePlan.node, { sink: view.sink, latencyMs: LATENCY_MS });
  world.clock.setPace(pace);
  try {
    const work = (): Promise<NodeResult> => migrateNode({ env, plan, nodePlan, onFailure: 'rollback' });
    return await withWorldTimers(world.clock, work);
  } finally {
    world.clock.setPace(Infinity);
    await view.finish();
  }
}
