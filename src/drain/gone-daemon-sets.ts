import type { ClusterPod } from '../core/cluster-objects.js';
import type { KubeReader } from '../core/ports.js';

/** `namespace/name` of the DaemonSets that own pods and do not exist any more; each is asked for once. */
export async function goneDaemonSets(
  kube: Pick<KubeReader, 'daemonSetExists'>,
  pods: readonly ClusterPod[],
): Promise<ReadonlySet<string>> {
  const asked = new Map<string, Promise<boolean>>();
  for (const { namespace, owners } of pods) {
    const owner = owners.find(({ controller }) => controller);
    if (owner?.kind !== 'DaemonSet' || !/^(apps|extensions)\//.test(owner.apiVersion)) continue;
    const key = `${namespace}/${owner.name}`;
    if (!asked.has(key)) asked.set(key, kube.daemonSetExists(namespace, owner.name));
  }
  const found = await Promise.all([...asked].map(async ([key, exists]) => ({ key, exists: await exists })));
  return new Set(found.filter(({ exists }) => !exists).map(({ key }) => key));
}
