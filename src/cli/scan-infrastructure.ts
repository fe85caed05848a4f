import type { Rule, Scene } from '../rules/rule.js';
import type { Found } from '../scan/found.js';
import { mergeNodes } from '../scan/merge-nodes.js';
import type { ScanContext } from '../scan/scan-context.js';
import type { ScanFlags } from './commands/scan.js';
import { keepHeapSmall } from './keep-heap-small.js';
import { scanCluster, type ClusterScan } from './scan-cluster.js';
import { scanNodes, type NodesScan } from './scan-nodes.js';
import { terminal } from './terminal.js';
import { wire } from './wire.js';
import { progressBar } from './view/progress-bar.js';

export interface InfrastructureScan extends ClusterScan {
  readonly dataRoots: readonly string[];
}

const NO_NODES: NodesScan = {
  found: [],
  undecided: [],
  errors: [],
  names: [],
  pods: 0,
  dataRoots: new Set([undefined]),
};
const NO_CLUSTER: ClusterScan = { found: [], undecided: [], errors: [], objects: 0, pods: 0, nodes: 0 };

/** Scans nodes and the cluster, as far as the flags ask for them. */
export async function scanInfrastructure(flags: ScanFlags, context: ScanContext): Promise<InfrastructureScan> {
  keepHeapSmall();
  const { rules, scene } = context;
  const wiring = wire(flags);
  try {
    const names = flags.nodes === true ? [] : flags.nodes === false ? undefined : flags.nodes;
    const via = flags.via;
    const progress = (done: number, all: number): void => terminal.status(progressBar(done, all, 'nodes'));
    const ofNodes = names === undefined ? NO_NODES : await scanNodes({ wiring, names, via, progress }, context);
    const dataRoots = rootsOf(ofNodes, scene, names?.length === 0);
    const ofCluster =
      flags.cluster === true ? await cluster({ ...context, scene: { ...scene, dataRoots } }) : NO_CLUSTER;
    const { objects, pods, nodes } = ofCluster;
    return {
      found: mergeNodes([...ofNodes.found, ...withoutSeen(ofCluster.found, ofNodes, rules)]),
      undecided: [...ofNodes.undecided, ...ofCluster.undecided],
      errors: [...ofNodes.errors, ...ofCluster.errors],
      // With the cluster's are those on the nodes.
      objects: Math.max(ofNodes.pods, objects),
      pods: Math.max(ofNodes.pods, pods),
      nodes: Math.max(ofNodes.names.length, nodes),
      dataRoots,
    };
  } finally {
    await wiring.close();
  }

  async function cluster(context: ScanContext): Promise<ClusterScan> {
    const progress = (resource: string, count: number): void => terminal.status(`read ${count} ${resource}`);
    const { secrets = false, helmReleases = false } = flags;
    return await scanCluster({ cluster: wiring.kube, secrets, helmReleases, progress }, context);
  }
}

/** What is known, and what is usual unless all of the nodes were looked at and have told. */
function rootsOf({ dataRoots }: NodesScan, scene: Scene, all: boolean): readonly string[] {
  const known = [...dataRoots].filter((root) => root !== undefined);
  return all && !dataRoots.has(undefined) ? known : [...new Set([...known, ...scene.dataRoots])];
}

/** A node that was looked at itself has told what its object tells, and more. */
function withoutSeen(found: readonly Found[], { names }: NodesScan, rules: readonly Rule[]): Found[] {
  const seen = new Set(names);
  const ofNodes = new Set(rules.filter((rule) => rule.node !== undefined).map(({ id }) => id));
  return found.filter(({ object, ruleId }) => object.kind !== 'Node' || !seen.has(object.name) || !ofNodes.has(ruleId));
}
