import type { ObjectView } from '../../manifests/views.js';
import { isMapping, type Mapping } from '../../manifests/mapping.js';
import type { ValueNode } from './value-node.js';
import { valueNodeBelow } from './value-node-below.js';

/** Anchors repeat whole trees, and dashboards are large: what lies beyond is not looked at. */
const MOST_NODES = 300_000;
const DEEPEST = 60;

/** What says how things were or might be, not how they are. */
const SKIPPED_KEYS: ReadonlySet<string> = new Set([
  'status',
  'managedFields',
  'kubectl.kubernetes.io/last-applied-configuration',
  'openAPIV3Schema',
]);

/** Of these only the pods and the texts matter, which have views of their own; a cluster has very many of them. */
const WORKLOADS: ReadonlySet<unknown> = new Set([
  'Pod',
  'PodTemplate',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'DaemonSet',
  'StatefulSet',
  'Job',
  'CronJob',
  'Node',
  'Event',
]);

/** All values of an object in the document's order, without those of objects inside of it: these have views of their own. */
export function* walkValues({ value, path }: ObjectView): Iterable<ValueNode> {
  if (isMapping(value) && typeof value.apiVersion === 'string' && WORKLOADS.has(value.kind)) return;
  const pending: ValueNode[] = [{ key: undefined, value, parent: undefined, depth: 0, path }];
  for (let count = 0; count < MOST_NODES; count++) {
    const node = pending.pop();
    if (node === undefined) return;
    yield node;
    if (node.depth < DEEPEST) pushChildren(pending, node);
  }
}

function pushChildren(pending: ValueNode[], parent: ValueNode): void {
  const { value } = parent;
  if (Array.isArray(value)) {
    for (let key = value.length - 1; key >= 0; key--) {
      pending.push(valueNodeBelow(parent, key, value[key]));
    }
  } else if (isMapping(value) && !isForeign(parent, value)) {
    for (const key of Object.keys(value).reverse()) {
      if (!SKIPPED_KEYS.has(key)) pending.push(valueNodeBelow(parent, key, value[key]));
    }
  }
}

function isForeign({ parent }: ValueNode, value: Mapping): boolean {
  if (parent === undefined) return false;
  if (typeof value.apiVersion === 'string' && typeof value.kind === 'string') return true;
  return value.$patch === 'delete' || value.op === 'remove' || value.op === 'test';
}
