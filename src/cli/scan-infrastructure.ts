import { collectOffline } from './collect-offline.js';
import { messageOf } from '../core/errors.js';
import type { NodeInventory } from '../core/inventory.js';
import type { ScanError, ScanUndecided } from '../core/scan-report.js';
import { normalHostPath } from '../manifests/host-path.js';
import type { Rule, Scene } from '../rules/rule.js';
import type { Found } from '../scan/found.js';
import { scanContext } from '../scan/scan-context.js';
import { scanInventory } from '../scan/scan-inventory.js';
import type { ScanFlags } from './commands/scan.js';
import { nodesToLookAt } from './nodes-to-look-at.js';
import { scanCluster } from './scan-cluster.js';
import { terminal } from './terminal.js';
import { clusterIfThere, wire, type Wiring } from './wire.js';

export interface InfrastructureScan {
  readonly found: readonly Found[];
  readonly undecided: readonly ScanUndecided[];
  readonly errors: readonly ScanError[];
  readonly objects: number;
  readonly pods: number;
  readonly nodes: number;
  readonly dataRoots: readonly string[];
}

/** Scans nodes and the cluster, as far as the flags ask for them. */
export async function scanInfrastructure(
  flags: ScanFlags,
  scene: Scene,
  rules: readonly Rule[],
): Promise<InfrastructureScan> {
  const wiring = wire(flags);
  try {
    const names = flags.nodes === true ? [] : flags.nodes === false ? undefined : flags.nodes;
    const inventories = names === undefined ? [] : await collectAll(wiring, names, flags);
    const dataRoots = rootsOf(inventories, scene);
    const context = scanContext(rules, { ...scene, dataRoots });
    const ofNodes = inventories.map((inventory) => scanInventory(inventory, context));
    const ofCluster =
      flags.cluster === true
        ? await scanCluster(
            {
              cluster: wiring.kube,
              secrets: flags.secrets === true,
              helmReleases: flags.helmReleases === true,
              progress: (resource, count) => terminal.status(`read ${count} ${resource}`),
            },
            context,
          )
        : { found: [], undecided: [], errors: [], objects: 0, pods: 0, nodes: 0 };
    const all = [...ofNodes, ofCluster];
    return {
      found: all.flatMap(({ found }) => found),
      undecided: all.flatMap(({ undecided }) => undecided),
      errors: all.flatMap(({ errors }) => errors),
      objects: ofCluster.objects,
      pods: ofCluster.pods,
      nodes: Math.max(inventories.length, ofCluster.nodes),
      dataRoots,
    };
  } finally {
    await wiring.close();
  }
}

async function collectAll(wiring: Wiring, names: readonly string[], flags: ScanFlags): Promise<NodeInventory[]> {
  const kube = await clusterIfThere(wiring.kube);
  const nodes = await nodesToLookAt(kube, names, flags.via);
  let done = 0;
  return await Promise.all(
    nodes.map(async ({ name, internalIp }) => {
      try {
        return await (await wiring.connect(name, internalIp)).collect(kube);
      } catch (error) {
        return collectOffline(name, kube, messageOf(error), wiring.clock);
      } finally {
        terminal.status(`looked at ${++done} of ${nodes.length} nodes`);
      }
    }),
  );
}

function rootsOf(inventories: readonly NodeInventory[], scene: Scene): readonly string[] {
  const roots = inventories.flatMap(({ docker }) => (docker.known ? [normalHostPath(docker.value.rootDir)] : []));
  return roots.length === 0 ? scene.dataRoots : [...new Set(roots)];
}
