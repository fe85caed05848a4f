import { EXIT, messageOf, type ExitCode } from '../../core/errors.js';
import { PARITY_PATH, parseParityRecord } from '../../core/parity.js';
import { findMigration } from '../../engine/find-migration.js';
import type { KubeClient } from '../../kube/kube-client.js';
import type { NodeStatus } from '../../report/node-status.js';
import { statusText } from '../../report/status-text.js';
import { migrationStatus } from '../migration-status.js';
import { nodesToLookAt, type NodeToLookAt } from '../nodes-to-look-at.js';
import type { Settings } from '../settings.js';
import { terminal } from '../terminal.js';
import { clusterIfThere, wire, type Wiring } from '../wire.js';

export interface StatusFlags extends Settings {
  readonly format: 'text' | 'json';
}

/** `migrate status`: from the cluster and from the journals on the nodes, as far as each answers. */
export async function status(names: readonly string[], flags: StatusFlags): Promise<ExitCode> {
  const wiring = wire(flags);
  try {
    const kube = await clusterIfThere(wiring.kube);
    const nodes = await nodesToLookAt(kube, names, flags.via);
    const statuses = await Promise.all(nodes.map((node) => statusOf(wiring, kube, node)));
    terminal.result(
      flags.format === 'json'
        ? JSON.stringify({ apiVersion: 'dockershim-migrate.io/v1', kind: 'StatusList', items: statuses }, null, 2)
        : statusText(statuses, { color: terminal.outColor, width: terminal.width }),
    );
    return EXIT.ok;
  } finally {
    await wiring.close();
  }
}

async function statusOf(
  wiring: Wiring,
  kube: KubeClient | { readonly unreachable: string },
  target: NodeToLookAt,
): Promise<NodeStatus> {
  const node = 'unreachable' in kube ? undefined : await kube.node(target.name).catch(() => undefined);
  const ofCluster = {
    node: target.name,
    ...('unreachable' in kube ? { why: kube.unreachable } : {}),
    ...(node === undefined
      ? {}
      : {
          runtime: node.runtimeVersion,
          ready: node.conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True'),
          schedulable: !node.unschedulable,
        }),
  };
  try {
    const { readHost } = await wiring.connect(target.name, target.internalIp);
    const found = await findMigration(readHost);
    const parity = parseParityRecord(await readHost.readFile(PARITY_PATH))?.report;
    return {
      ...ofCluster,
      reachable: true,
      ...(found === undefined ? {} : { migration: migrationStatus(found) }),
      ...(parity === undefined || parity === null ? {} : { parity }),
    };
  } catch (error) {
    return { ...ofCluster, reachable: false, why: messageOf(error) };
  }
}
