import { noEvidence } from '../collect/node-evidence.js';
import { MigrateError, messageOf } from '../core/errors.js';
import { valueOf } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import { mapBounded } from '../core/map-bounded.js';
import type { NodeEvidence } from '../core/node-evidence.js';
import type { ScanError, ScanUndecided } from '../core/scan-report.js';
import { normalHostPath } from '../manifests/host-path.js';
import type { Found } from '../scan/found.js';
import type { ScanContext } from '../scan/scan-context.js';
import { scanInventory, type InventoryScan } from '../scan/scan-inventory.js';
import { collectOffline } from './collect-offline.js';
import { nodesToLookAt, type NodeToLookAt } from './nodes-to-look-at.js';
import { clusterIfThere, type Wiring } from './wire.js';

export interface NodesScan {
  readonly found: readonly Found[];
  readonly undecided: readonly ScanUndecided[];
  readonly errors: readonly ScanError[];
  /** Of all nodes that were to be looked at. */
  readonly names: readonly string[];
  /** On these nodes, as far as the API server told. */
  readonly pods: number;
  /** Where Docker keeps its data, normalised; undefined for nodes of which it is not known. */
  readonly dataRoots: ReadonlySet<string | undefined>;
}

export interface NodesToScan {
  readonly wiring: Wiring;
  /** Empty for all. */
  readonly names: readonly string[];
  readonly via: 'local' | 'ssh' | undefined;
  readonly progress: (done: number, all: number) => void;
}

/** Each is an ssh connection with some processes of its own. */
const AT_ONCE = 8;

/** Looks at nodes and scans what is there, one inventory after the other. A node that cannot be reached is undecided. */
export async function scanNodes(
  { wiring, names, via, progress }: NodesToScan,
  context: ScanContext,
): Promise<NodesScan> {
  const path = names.find((name) => /\/|\.(?:ya?ml|json|tf|tpl)$|^\.*$|^-$/.test(name));
  if (path !== undefined) {
    throw new MigrateError('usage', `"${path}" is not the name of a node`, {
      hint: 'Names that follow --nodes are those of nodes: write files and folders before it, or after "--".',
    });
  }
  const kube = await clusterIfThere(wiring.kube);
  const nodes = await nodesToLookAt(kube, names, via);
  const dataRoots = new Set<string | undefined>();
  let done = 0;
  let pods = 0;

  const scan = async (node: NodeToLookAt): Promise<InventoryScan> => {
    const { inventory, evidence } = await lookAt(node);
    progress((done += 1), nodes.length);
    pods += valueOf(inventory.pods)?.length ?? 0;
    const root = dataRootOf(inventory);
    dataRoots.add(root);
    const scene = root === undefined ? context.scene : { ...context.scene, dataRoots: [root] };
    return scanInventory(inventory, evidence, { ...context, scene });
  };

  async function lookAt({ name, internalIp }: NodeToLookAt): Promise<Look> {
    try {
      const connection = await wiring.connect(name, internalIp);
      try {
        const inventory = await connection.collect(kube);
        // Only now: until then a connection to Docker is our own.
        return { inventory, evidence: await connection.evidence(inventory) };
      } finally {
        await connection.close().catch(() => undefined);
      }
    } catch (error) {
      if (!(error instanceof MigrateError) || error.code === 'bug' || error.code === 'interrupted') throw error;
      const why = messageOf(error).replace(/\.$/, '');
      return { inventory: await collectOffline(name, kube, why, wiring.clock), evidence: noEvidence(why) };
    }
  }

  const scans = await mapBounded(nodes, AT_ONCE, scan);
  return {
    found: scans.flatMap(({ found }) => found),
    undecided: scans.flatMap(({ undecided }) => undecided),
    errors: scans.flatMap(({ errors }) => errors),
    names: nodes.map(({ name }) => name),
    pods,
    dataRoots,
  };
}

interface Look {
  readonly inventory: NodeInventory;
  readonly evidence: NodeEvidence;
}

function dataRootOf({ docker }: NodeInventory): string | undefined {
  const root = valueOf(docker)?.rootDir ?? '';
  return root === '' ? undefined : normalHostPath(root);
}
