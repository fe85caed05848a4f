import { collectNode } from '../collect/collect-node.js';
import { MigrateError } from '../core/errors.js';
import type { NodeInventory } from '../core/inventory.js';
import type { Clock } from '../core/ports.js';
import type { KubeClient } from '../kube/kube-client.js';

/** The inventory of a node whose host cannot be reached: what the cluster tells, and why there is no more. */
export function collectOffline(
  name: string,
  kube: KubeClient | { readonly unreachable: string },
  why: string,
  clock: Clock,
): Promise<NodeInventory> {
  const away = (): Promise<never> => Promise.reject(new MigrateError('unreachable', why));
  return collectNode({ name, host: { unreachable: why }, kube, docker: away, cri: away, clock });
}
