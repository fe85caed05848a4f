import type { ClusterPod } from '../../../src/core/cluster-objects.js';
import { MigrateError } from '../../../src/core/errors.js';
import type { KubeApi } from '../../../src/core/ports.js';
import { budgetSelects } from '../../../src/drain/budget-selects.js';
import type { WorldClock } from '../world-clock.js';
import { budgetStatus } from './budget-status.js';
import { keyOf, type ClusterState } from './cluster-state.js';
import type { Workload } from './workloads.js';

/** The API server as the port has it. */
export function fakeKube(state: ClusterState, clock: WorldClock, workloads: readonly Workload[]): KubeApi {
  const need = (name: string) => {
    const node = state.nodes.get(name);
    if (node === undefined) throw new MigrateError('not-found', `the cluster has no node ${name}`);
    return node;
  };
  const answer = <T>(value: T): Promise<T> => Promise.resolve(value);
  return {
    serverVersion: () => answer('1.21'),
    node: (name) => answer(state.nodes.get(name)),
    nodes: () => answer([...state.nodes.values()]),
    podsOn: (node) => answer([...state.pods.values()].filter(({ nodeName }) => nodeName === node)),
    pod: (namespace, name) => answer(state.pods.get(keyOf({ namespace, name }))),
    budgets: () => answer(budgetStatus(state)),
    runtimeClasses: () => answer([]),
    daemonSetExists: (namespace, name) =>
      answer(workloads.some((one) => one.kind === 'DaemonSet' && one.namespace === namespace && one.name === name)),
    volumeAttachments: () => answer([]),
    missingPermissions: () => answer([]),
    setUnschedulable: async (name, unschedulable) => {
      await clock.sleep(20);
      need(name);
      state.patchNode(name, { unschedulable });
    },
    annotate: async (name, changes) => {
      await clock.sleep(20);
      const annotations = { ...need(name).annotations };
      for (const [key, value] of Object.entries(changes)) {
        if (value === null) delete annotations[key];
        else annotations[key] = value;
      }
      state.patchNode(name, { annotations });
    },
    evict: async (pod) => {
      await clock.sleep(20);
      const current = state.pods.get(keyOf(pod));
      if (current === undefined || current.uid !== pod.uid) return { outcome: 'gone' };
      const budget = budgetStatus(state).find((one) => budgetSelects(one, current));
      if (budget !== undefined && current.ready && budget.disruptionsAllowed === 0) {
        const because = `The disruption budget ${budget.name} needs ${budget.desiredHealthy} healthy pods and has ${budget.currentHealthy} currently`;
        return { outcome: 'refused', because, budget: budget.name, retryAfterMs: undefined };
      }
      state.putPod({ ...current, deletionTimestamp: clock.now().toISOString() } satisfies ClusterPod);
      return { outcome: 'accepted' };
    },
  };
}
