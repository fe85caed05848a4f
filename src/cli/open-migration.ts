import { MigrateError } from '../core/errors.js';
import { findMigration, type FoundMigration } from '../engine/find-migration.js';
import { freeStaleLock } from '../engine/lock.js';
import type { KubeClient } from '../kube/kube-client.js';
import { nodesToLookAt } from './nodes-to-look-at.js';
import { terminal } from './terminal.js';
import { clusterIfThere, type Connection, type Wiring } from './wire.js';

export interface OpenMigration {
  readonly connection: Connection;
  /** Undefined when the API server is away: the journal on the node is enough to go on with. */
  readonly kube: KubeClient | undefined;
  readonly found: FoundMigration;
}

/** Connects to a node and reads what it remembers of its migration. Errors: `not-found` when it remembers none. */
export async function openMigration(
  wiring: Wiring,
  name: string,
  via: 'local' | 'ssh' | undefined,
): Promise<OpenMigration> {
  const cluster = await clusterIfThere(wiring.kube);
  if ('unreachable' in cluster) terminal.error(`Going on without the cluster: ${cluster.unreachable}`);
  const [target] = await nodesToLookAt(cluster, [name], via);
  const connection = await wiring.connect(name, target?.internalIp);
  if (await freeStaleLock(connection.host))
    terminal.error(`Nobody was behind the lock of ${name} any more: it is free now.`);
  const found = await findMigration(connection.readHost);
  if (found === undefined) {
    throw new MigrateError('not-found', `${name} has no journal of a migration`, {
      hint: `Start one with "migrate node ${name}".`,
    });
  }
  return { connection, kube: 'unreachable' in cluster ? undefined : cluster, found };
}
