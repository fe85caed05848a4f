import { scanRbac, type RbacNeed } from '../report/scan/scan-rbac.js';
import { clusterLists, CUSTOM_RESOURCE_DEFINITIONS, type ClusterList } from '../scan/cluster-lists.js';
import { customList } from '../scan/custom-lists.js';
import type { ScanFlags } from './commands/scan.js';
import { readList } from './read-list.js';
import { wire } from './wire.js';

/** What the collection of a node's inventory asks of the API server. */
const OF_NODES: readonly RbacNeed[] = [
  { group: '', resource: 'nodes', verbs: ['get', 'list'] },
  { group: '', resource: 'pods', verbs: ['list'] },
  { group: 'policy', resource: 'poddisruptionbudgets', verbs: ['list'] },
  { group: 'node.k8s.io', resource: 'runtimeclasses', verbs: ['list'] },
];

/** The ClusterRole for a scan with these flags; with `--cluster` that of this very cluster, custom resources included. */
export async function printRbac(flags: ScanFlags): Promise<string> {
  const { secrets = false, helmReleases = false, nodes = false } = flags;
  const lists = [...clusterLists({ secrets, helmReleases }), CUSTOM_RESOURCE_DEFINITIONS];
  const custom = flags.cluster === true ? await customLists(flags) : [];
  const needs = [...lists, ...custom].map(({ group, resource }): RbacNeed => ({ group, resource, verbs: ['list'] }));
  return scanRbac([...needs, ...(nodes === false ? [] : OF_NODES)], {
    custom: flags.cluster === true ? 'listed' : 'unknown',
  });
}

async function customLists(flags: ScanFlags): Promise<readonly ClusterList[]> {
  const wiring = wire(flags);
  const custom: ClusterList[] = [];
  try {
    await readList(wiring.kube, CUSTOM_RESOURCE_DEFINITIONS, (definitions) => {
      custom.push(...definitions.map(customList).filter((list) => list !== undefined));
    });
    return custom;
  } finally {
    await wiring.close();
  }
}
