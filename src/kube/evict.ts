import type { ClusterPod, DisruptionBudget } from '../core/cluster-objects.js';
import { MigrateError } from '../core/errors.js';
import type { EvictionAnswer } from '../core/ports.js';
import type { ApiServer } from './api-server.js';
import { evictionAnswer } from './eviction-answer.js';

/** Asks for one eviction. The UID keeps a pod that has taken the name meanwhile, on another node perhaps, out of it. */
export async function evict(
  server: ApiServer,
  apiVersion: () => Promise<DisruptionBudget['apiVersion']>,
  { namespace, name, uid }: ClusterPod,
  graceSeconds: number | undefined,
): Promise<EvictionAnswer> {
  try {
    const answer = await server.call({
      method: 'POST',
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/eviction`,
      body: {
        apiVersion: await apiVersion(),
        kind: 'Eviction',
        metadata: { namespace, name },
        deleteOptions: {
          preconditions: { uid },
          ...(graceSeconds === undefined || graceSeconds < 0 ? {} : { gracePeriodSeconds: graceSeconds }),
        },
      },
      action: 'create pods/eviction',
      subject: `${namespace}/${name}`,
    });
    return evictionAnswer(answer);
  } catch (error) {
    if (!(error instanceof MigrateError)) throw error;
    const transient = error.code === 'unreachable' || error.code === 'timeout';
    return { outcome: transient ? 'transient' : 'failed', because: error.message };
  }
}
