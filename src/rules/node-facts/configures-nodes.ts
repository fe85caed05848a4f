import type { ObjectView } from '../../manifests/views.js';
import { apiVersionOf } from './api-version-of.js';

/** Kinds that say what pods are and nothing of the machines under them; there are very many of them in a cluster. */
const OF_PODS: ReadonlySet<string> = new Set([
  ...['Pod', 'ReplicaSet', 'Deployment', 'DaemonSet', 'StatefulSet', 'ReplicationController', 'Job', 'CronJob'],
  ...[
    'PodTemplate',
    'ControllerRevision',
    'Service',
    'Endpoints',
    'EndpointSlice',
    'Event',
    'Ingress',
    'NetworkPolicy',
  ],
  ...[
    'ServiceAccount',
    'Role',
    'RoleBinding',
    'ClusterRole',
    'ClusterRoleBinding',
    'CustomResourceDefinition',
    'Lease',
  ],
  ...['PersistentVolume', 'PersistentVolumeClaim', 'StorageClass', 'PodDisruptionBudget', 'Namespace', 'ResourceQuota'],
]);

/** Whether an object may hold the configuration of machines: a file without a kind, a ConfigMap, a provisioner's object. */
export const configuresNodes = (view: ObjectView): boolean =>
  apiVersionOf(view) === '' || !OF_PODS.has(view.object.kind);
