import { hostname } from 'node:os';
import { MigrateError } from '../core/errors.js';
import type { KubeClient } from '../kube/kube-client.js';

export interface NodeToLookAt {
  readonly name: string;
  readonly internalIp: string | undefined;
}

/**
 * The nodes that were named, or all of the cluster. Without the cluster, names are hosts.
 * Errors: `not-found` for a name that is no node; `usage` when there is nothing to go by.
 */
export async function nodesToLookAt(
  kube: KubeClient | { readonly unreachable: string },
  names: readonly string[],
  via: 'local' | 'ssh' | undefined,
): Promise<NodeToLookAt[]> {
  if ('unreachable' in kube) {
    if (names.length > 0) return names.map((name) => ({ name, internalIp: undefined }));
    if (via === 'local') return [{ name: hostname(), internalIp: undefined }];
    throw new MigrateError('unreachable', `the nodes are not known without the cluster: ${kube.unreachable}`, {
      hint: 'Name the nodes, or see --kubeconfig and --context.',
    });
  }
  const nodes = await kube.nodes();
  if (names.length === 0) return nodes.map(({ name, internalIp }) => ({ name, internalIp }));
  return names.map((name) => {
    const node = nodes.find((one) => one.name === name);
    if (node !== undefined) return { name, internalIp: node.internalIp };
    const known = nodes
      .map((one) => one.name)
      .slice(0, 8)
      .join(', ');
    throw new MigrateError('not-found', `the cluster has no node ${name}`, {
      hint: `It has ${known}${nodes.length > 8 ? ', …' : ''}.`,
    });
  });
}
