import type { ClusterNode } from '../core/cluster-objects.js';
import { MigrateError } from '../core/errors.js';
import type { ReadContext } from '../core/step.js';
import { needKube } from './need-kube.js';

/** The Node as the API server has it now. Errors: `not-found`, `unreachable`. */
export async function clusterNode(read: ReadContext): Promise<ClusterNode> {
  const node = await needKube(read).node(read.node);
  if (node === undefined) throw new MigrateError('not-found', `the cluster has no node ${read.node}`);
  return node;
}
