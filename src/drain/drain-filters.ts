import type { ClusterPod, ObjectRef } from '../core/cluster-objects.js';
import type { MigrateOptions } from '../core/plan.js';

/** What one filter has to say of one pod. */
export type DrainDecision =
  | { readonly decision: 'evict'; readonly warning?: string }
  | { readonly decision: 'skip'; readonly because: string; readonly warning?: string }
  | { readonly decision: 'refuse'; readonly because: string; readonly fix: string };

export interface DrainCircumstances {
  readonly options: Pick<MigrateOptions['drain'], 'force' | 'deleteEmptyDirData'>;
  /** `namespace/name` of the DaemonSets that were looked for and are not there. */
  readonly goneDaemonSets: ReadonlySet<string>;
}

export type DrainFilter = (pod: ClusterPod, circumstances: DrainCircumstances) => DrainDecision;

const EVICT: DrainDecision = { decision: 'evict' };

/** DaemonSet pods stay, since their controller would put them back at once; those of a DaemonSet that is gone do not. */
const daemonSet: DrainFilter = (pod, { options, goneDaemonSets }) => {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'DaemonSet' || isOver(pod)) return EVICT;
  if (owner.apiVersion === 'apps.kruise.io/v1alpha1')
    return { decision: 'skip', because: `OpenKruise's DaemonSet ${owner.name} keeps it there` };
  // `extensions/v1beta1` still stands in the owner references of pods made before 1.9.
  if (!/^(apps|extensions)\//.test(owner.apiVersion)) return EVICT;
  if (!goneDaemonSets.has(`${pod.namespace}/${owner.name}`))
    return { decision: 'skip', because: `DaemonSet ${owner.name} keeps it there` };
  const gone = `its DaemonSet ${owner.name} does not exist any more`;
  if (options.force) return { decision: 'evict', warning: `${gone}: nothing will start it again` };
  return { decision: 'refuse', because: gone, fix: 'delete the pod, or allow it with --force' };
};

/** Static pods are the kubelet's; the API server only mirrors them. Old kubelets set no owner, new ones set both. */
const staticPod: DrainFilter = (pod) =>
  Object.hasOwn(pod.annotations, 'kubernetes.io/config.mirror') || pod.owners.some(({ kind }) => kind === 'Node')
    ? { decision: 'skip', because: 'it is a static pod of the kubelet' }
    : EVICT;

/** Cluster API's word for pods that bear no eviction. */
const optedOut: DrainFilter = (pod) =>
  pod.labels['cluster.x-k8s.io/drain'] === 'skip'
    ? {
        decision: 'skip',
        because: 'its label cluster.x-k8s.io/drain says skip',
        warning: 'its label cluster.x-k8s.io/drain says skip: it stays, and is restarted by the switch of the runtime',
      }
    : EVICT;

const localStorage: DrainFilter = (pod, { options }) => {
  if (!pod.hasEmptyDir || isOver(pod)) return EVICT;
  if (options.deleteEmptyDirData) return { decision: 'evict', warning: 'its emptyDir volumes are lost' };
  return {
    decision: 'refuse',
    because: 'it has an emptyDir volume, which an eviction deletes',
    fix: 'allow it with --delete-emptydir-data',
  };
};

const unreplicated: DrainFilter = (pod, { options }) => {
  if (isOver(pod) || controllerOf(pod) !== undefined) return EVICT;
  if (options.force) return { decision: 'evict', warning: 'no controller owns it: nothing will start it again' };
  return {
    decision: 'refuse',
    because: 'no controller owns it, so nothing would start it again',
    fix: 'move it yourself, or allow it with --force',
  };
};

const controllerOf = (pod: ClusterPod): ObjectRef | undefined => pod.owners.find(({ controller }) => controller);

/** Ended, or already being deleted by somebody else: an eviction takes nothing more from it. */
const isOver = (pod: ClusterPod): boolean =>
  pod.phase === 'Succeeded' || pod.phase === 'Failed' || pod.deletionTimestamp !== undefined;

/** kubectl's filters with `--ignore-daemonsets`, each a decision of its own. */
export const drainFilters: Readonly<Record<string, DrainFilter>> = {
  daemonSet,
  staticPod,
  optedOut,
  localStorage,
  unreplicated,
};
