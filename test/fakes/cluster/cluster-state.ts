import type { ClusterNode, ClusterPod, DisruptionBudget } from '../../../src/core/cluster-objects.js';

/** What the API server stores, and a way to hear of changes. */
export interface ClusterState {
  readonly nodes: Map<string, ClusterNode>;
  readonly pods: Map<string, ClusterPod>;
  readonly budgets: Map<
    string,
    Omit<DisruptionBudget, 'disruptionsAllowed' | 'currentHealthy' | 'desiredHealthy' | 'expectedPods'>
  >;
  putPod(pod: ClusterPod): void;
  deletePod(pod: Pick<ClusterPod, 'namespace' | 'name' | 'uid'>): void;
  patchNode(name: string, patch: Partial<ClusterNode>): void;
  /** `listener` is called after every change; it may make changes itself. */
  onChange(listener: () => void): void;
}

export const keyOf = ({ namespace, name }: Pick<ClusterPod, 'namespace' | 'name'>): string => `${namespace}/${name}`;

export function clusterState(): ClusterState {
  const listeners: (() => void)[] = [];
  let telling = false;
  let again = false;
  const changed = (): void => {
    if (telling) return void (again = true);
    telling = true;
    do {
      again = false;
      for (const listener of listeners) listener();
    } while (again);
    telling = false;
  };
  const state: ClusterState = {
    nodes: new Map(),
    pods: new Map(),
    budgets: new Map(),
    putPod(pod) {
      state.pods.set(keyOf(pod), pod);
      changed();
    },
    deletePod(pod) {
      if (state.pods.get(keyOf(pod))?.uid !== pod.uid) return;
      state.pods.delete(keyOf(pod));
      changed();
    },
    patchNode(name, patch) {
      const node = state.nodes.get(name);
      if (node === undefined) throw new Error(`nodes "${name}" not found`);
      state.nodes.set(name, { ...node, ...patch });
      changed();
    },
    onChange: (listener) => void listeners.push(listener),
  };
  return state;
}
