import type { ClusterPod, ObjectRef } from '../../src/core/cluster-objects.js';

/** A running, ready pod of a ReplicaSet, but for what a test says of it. */
export const aPod = (overrides: Partial<ClusterPod> = {}): ClusterPod => ({
  namespace: 'team-a',
  name: 'web-0',
  uid: 'uid-1',
  nodeName: 'node-1',
  labels: {},
  annotations: {},
  owners: [owner('ReplicaSet', 'web')],
  phase: 'Running',
  ready: true,
  deletionTimestamp: undefined,
  terminationGracePeriodSeconds: 30,
  hostNetwork: false,
  priorityClassName: '',
  runtimeClassName: undefined,
  hasEmptyDir: false,
  hostPorts: [],
  images: [],
  containers: [],
  preStopContainers: [],
  ...overrides,
});

export const owner = (kind: string, name: string, apiVersion = 'apps/v1', controller = true): ObjectRef => ({
  kind,
  name,
  apiVersion,
  uid: `uid-of-${name}`,
  controller,
});
