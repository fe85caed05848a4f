import { known, unknown, valueOf, type Fact } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import type { Clock, CriReader, DockerReader, KubeReader, ReadHost } from '../core/ports.js';
import { collectHost } from './collect-host.js';
import { observe } from './observe.js';

/** What could not even be connected to, and why. */
export interface Unreachable {
  readonly unreachable: string;
}

export interface CollectInput {
  /** The node's name in the cluster. */
  readonly name: string;
  readonly host: ReadHost | Unreachable;
  readonly kube: KubeReader | Unreachable;
  readonly docker: () => Promise<DockerReader>;
  readonly cri: (endpoint: string) => Promise<CriReader>;
  readonly clock: Clock;
}

/** Takes stock of a node. Whatever cannot be read is unknown, each fact for itself. */
export async function collectNode({ name, host, kube, docker, cri, clock }: CollectInput): Promise<NodeInventory> {
  const collectedAt = clock.now().toISOString();
  const node = clusterNode(name, kube);
  const seen = node.then(valueOf);
  seen.catch(() => undefined); // the node's own error comes by the node itself
  const [nodeFact, pods, budgets, runtimeClasses, ofHost] = await Promise.all([
    node,
    ask(kube, 'the pods of the Kubernetes API', (api) => api.podsOn(name)),
    ask(kube, 'the PodDisruptionBudgets of the Kubernetes API', (api) => api.budgets()),
    ask(kube, 'the RuntimeClasses of the Kubernetes API', (api) => api.runtimeClasses()),
    collectHost({ host, docker, cri, node: seen }),
  ]);
  return {
    apiVersion: 'dockershim-migrate.io/v1',
    kind: 'NodeInventory',
    name,
    collectedAt,
    node: nodeFact,
    pods,
    budgets,
    runtimeClasses,
    ...ofHost,
  };
}

async function clusterNode(name: string, kube: KubeReader | Unreachable): Promise<NodeInventory['node']> {
  const answer = await ask(kube, 'the Node of the Kubernetes API', (api) => api.node(name));
  if (!answer.known) return answer;
  return answer.value === undefined ? unknown(`the cluster has no node ${name}`) : known(answer.value, answer.from);
}

const ask = <T>(
  kube: KubeReader | Unreachable,
  from: string,
  look: (api: KubeReader) => Promise<T>,
): Promise<Fact<T>> =>
  'unreachable' in kube ? Promise.resolve(unknown(kube.unreachable)) : observe(from, () => look(kube));
