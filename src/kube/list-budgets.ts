import type { DisruptionBudget } from '../core/cluster-objects.js';
import { MigrateError } from '../core/errors.js';
import type { ApiServer } from './api-server.js';
import { budgetOf } from './budget-of.js';
import { listAll } from './list-all.js';

/** policy/v1 is served from 1.21 on, v1beta1 up to 1.24. */
export async function listBudgets(server: ApiServer): Promise<readonly DisruptionBudget[]> {
  for (const apiVersion of ['policy/v1', 'policy/v1beta1'] as const) {
    try {
      const list = { path: `/apis/${apiVersion}/poddisruptionbudgets`, resource: 'poddisruptionbudgets' };
      return await listAll(server, list, (raw) => budgetOf(raw, apiVersion));
    } catch (error) {
      if (!(error instanceof MigrateError) || error.code !== 'not-found') throw error;
    }
  }
  throw new MigrateError('failed', `the API server ${server.access.server} serves no PodDisruptionBudgets`);
}
