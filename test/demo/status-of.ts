import { migrationStatus } from '../../src/cli/migration-status.js';
import { findMigration } from '../../src/engine/find-migration.js';
import type { NodeStatus } from '../../src/report/node-status.js';
import type { FakeWorld } from '../fakes/fake-world.js';
import { operator } from '../fakes/operator.js';

/** Where a node stands, by the cluster and by its own journal. */
export async function statusOf(world: FakeWorld, name: string): Promise<NodeStatus> {
  const { env } = operator(world, name);
  const [node, found] = await Promise.all([env.kube?.node(name), findMigration(env.readHost)]);
  return {
    node: name,
    reachable: true,
    runtime: node?.runtimeVersion ?? '?',
    ready: node?.conditions.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false,
    schedulable: node?.unschedulable === false,
    ...(found === undefined ? {} : { migration: migrationStatus(found) }),
  };
}
