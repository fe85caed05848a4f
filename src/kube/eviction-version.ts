import { z } from 'zod';
import type { DisruptionBudget } from '../core/cluster-objects.js';
import { MigrateError } from '../core/errors.js';
import type { ApiServer } from './api-server.js';
import { lenient } from './lenient.js';
import { parseObject } from './parse-object.js';
import { statusError } from './status-error.js';

const resources = z.object({
  resources: lenient.list(
    z.object({ name: lenient.text, kind: lenient.text, group: lenient.text, version: lenient.text }),
  ),
});

/** Which body evictions want here: policy/v1 from 1.22 on, v1beta1 before. */
export async function evictionVersion(server: ApiServer): Promise<DisruptionBudget['apiVersion']> {
  const call = { method: 'GET', path: '/api/v1', action: 'get /api/v1', subject: '' } as const;
  const answer = await server.call(call);
  if (answer.status !== 200) throw statusError(answer, call, server.access);
  const eviction = parseObject(resources, answer.body, 'list of resources').resources.find(
    ({ name, kind }) => name === 'pods/eviction' && kind === 'Eviction',
  );
  if (eviction === undefined)
    throw new MigrateError('failed', `the API server ${server.access.server} serves no pods/eviction`);
  return eviction.group === 'policy' && eviction.version === 'v1' ? 'policy/v1' : 'policy/v1beta1';
}
