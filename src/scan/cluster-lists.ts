/** A kind of objects in a cluster, and where it is listed, the newest version first. */
export interface ClusterList {
  readonly kind: string;
  readonly group: string;
  readonly resource: string;
  readonly versions: readonly string[];
  /** Labels of the only objects that are wanted, as the API takes them. */
  readonly selector?: string;
}

const core = (kind: string, resource: string): ClusterList => ({ kind, group: '', resource, versions: ['v1'] });

const PODS = core('Pod', 'pods');

/** Between pods and what people write: read before the rest, so that pods find their owners. */
const BETWEEN: readonly ClusterList[] = [
  { kind: 'ReplicaSet', group: 'apps', resource: 'replicasets', versions: ['v1'] },
  { kind: 'Job', group: 'batch', resource: 'jobs', versions: ['v1'] },
  core('ReplicationController', 'replicationcontrollers'),
];

const OTHERS: readonly ClusterList[] = [
  { kind: 'Deployment', group: 'apps', resource: 'deployments', versions: ['v1'] },
  { kind: 'DaemonSet', group: 'apps', resource: 'daemonsets', versions: ['v1'] },
  { kind: 'StatefulSet', group: 'apps', resource: 'statefulsets', versions: ['v1'] },
  { kind: 'CronJob', group: 'batch', resource: 'cronjobs', versions: ['v1', 'v1beta1'] },
  core('PodTemplate', 'podtemplates'),
  core('ConfigMap', 'configmaps'),
  core('Service', 'services'),
  core('Endpoints', 'endpoints'),
  core('PersistentVolume', 'persistentvolumes'),
  core('Node', 'nodes'),
  { kind: 'PodSecurityPolicy', group: 'policy', resource: 'podsecuritypolicies', versions: ['v1beta1'] },
];

const SECRETS = core('Secret', 'secrets');

export const CUSTOM_RESOURCE_DEFINITIONS: ClusterList = {
  kind: 'CustomResourceDefinition',
  group: 'apiextensions.k8s.io',
  resource: 'customresourcedefinitions',
  versions: ['v1', 'v1beta1'],
};

/** Those of releases that are in force. https://helm.sh/docs/topics/advanced/#storage-backends */
const HELM_SECRETS: ClusterList = { ...SECRETS, selector: 'owner=helm,status=deployed' };

export interface ClusterChoice {
  readonly secrets: boolean;
  readonly helmReleases: boolean;
}

/** What a cluster scan lists, in this order; custom resources come last, once their definitions are read. */
export const clusterLists = ({ secrets, helmReleases }: ClusterChoice): readonly ClusterList[] => [
  PODS,
  ...BETWEEN,
  ...OTHERS,
  ...(secrets ? [SECRETS] : helmReleases ? [HELM_SECRETS] : []),
];

export function listPath({ group, resource, selector }: ClusterList, version: string): string {
  const path = group === '' ? `/api/${version}/${resource}` : `/apis/${group}/${version}/${resource}`;
  return selector === undefined ? path : `${path}?labelSelector=${encodeURIComponent(selector)}`;
}
