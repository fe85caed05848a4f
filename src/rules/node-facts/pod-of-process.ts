import { valueOf } from '../../core/fact.js';
import type { NodeInventory } from '../../core/inventory.js';
import type { ProcessOwner } from '../../core/node-evidence.js';

export interface ProcessPod {
  readonly namespace: string;
  readonly name: string;
  readonly container: string | undefined;
}

/** A static pod's uid on the node is the hash of its file, which the API server keeps in an annotation. */
const STATIC_UID = 'kubernetes.io/config.hash';

/** The pod that a process runs in: by its container, as Docker or a CRI runtime knows it, or else by the pod's uid. */
export function podOfProcess(owner: ProcessOwner, inventory: NodeInventory): ProcessPod | undefined {
  if (owner.kind !== 'pod' && owner.kind !== 'container') return undefined;
  const { containerId } = owner;
  return (
    (containerId === undefined ? undefined : (inDocker(containerId, inventory) ?? inCri(containerId, inventory))) ??
    (owner.kind === 'pod' ? inCluster(owner.podUid, containerId, inventory) : undefined)
  );
}

function inDocker(id: string, { docker }: NodeInventory): ProcessPod | undefined {
  const owner = valueOf(docker)?.containers.find((container) => container.id === id)?.owner;
  if (owner?.kind !== 'dockershim') return undefined;
  const { namespace, pod, container, role } = owner;
  return { namespace, name: pod, container: role === 'container' ? container : undefined };
}

function inCri(id: string, { criEndpoints }: NodeInventory): ProcessPod | undefined {
  for (const { status } of criEndpoints) {
    const { containers = [], sandboxes = [] } = valueOf(status) ?? {};
    const container = containers.find((one) => one.id === id);
    const sandbox = sandboxes.find((one) => one.id === (container?.sandboxId ?? id));
    if (sandbox !== undefined) {
      return { namespace: sandbox.namespace, name: sandbox.name, container: container?.name };
    }
  }
  return undefined;
}

function inCluster(uid: string, containerId: string | undefined, { pods }: NodeInventory): ProcessPod | undefined {
  const pod = valueOf(pods)?.find((one) => one.uid === uid || one.annotations[STATIC_UID] === uid);
  if (pod === undefined) return undefined;
  const container = pod.containers.find(
    (one) => containerId !== undefined && one.containerId.endsWith(`://${containerId}`),
  );
  return { namespace: pod.namespace, name: pod.name, container: container?.name };
}
