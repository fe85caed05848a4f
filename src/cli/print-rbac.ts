import type { ObjectLister } from '../core/ports.js';
import { scanRbac } from '../report/scan/scan-rbac.js';
import { clusterLists, CUSTOM_RESOURCE_DEFINITIONS, listPath, type ClusterList } from '../scan/cluster-lists.js';
import { customList } from '../scan/custom-lists.js';
import type { ScanFlags } from './commands/scan.js';
import { wire } from './wire.js';

/** The ClusterRole for a scan with these flags; with `--cluster` that of this very cluster, custom resources included. */
export async function printRbac(flags: ScanFlags): Promise<string> {
  const lists = [
    ...clusterLists({ secrets: flags.secrets === true || flags.helmReleases === true }),
    CUSTOM_RESOURCE_DEFINITIONS,
  ];
  if (flags.cluster !== true) return scanRbac(lists, { custom: 'unknown' });
  const wiring = wire(flags);
  try {
    return scanRbac([...lists, ...(await customLists(wiring.kube))], { custom: 'listed' });
  } finally {
    await wiring.close();
  }
}

async function customLists(cluster: ObjectLister): Promise<ClusterList[]> {
  const custom: ClusterList[] = [];
  const { versions, resource } = CUSTOM_RESOURCE_DEFINITIONS;
  for await (const items of cluster.pages(listPath(CUSTOM_RESOURCE_DEFINITIONS, versions[0] ?? ''), resource)) {
    custom.push(...items.map(customList).filter((list) => list !== undefined));
  }
  return custom;
}
