import { z } from 'zod';
import { MigrateError } from '../core/errors.js';
import type { RuntimeClassFacts } from '../core/inventory.js';
import type { ApiServer } from './api-server.js';
import { lenient } from './lenient.js';
import { listAll } from './list-all.js';
import { parseObject } from './parse-object.js';

const runtimeClass = z.object({ metadata: z.object({ name: z.string() }), handler: lenient.text });

/** node.k8s.io/v1 is served from 1.20 on, v1beta1 from 1.14 to 1.24; a cluster with neither has no RuntimeClasses. */
export async function listRuntimeClasses(server: ApiServer): Promise<readonly RuntimeClassFacts[]> {
  for (const version of ['v1', 'v1beta1']) {
    try {
      const list = { path: `/apis/node.k8s.io/${version}/runtimeclasses`, resource: 'runtimeclasses' };
      const classes = await listAll(server, list, (raw) => {
        const { metadata, handler } = parseObject(runtimeClass, raw, 'RuntimeClass');
        return { name: metadata.name, handler };
      });
      return classes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      if (!(error instanceof MigrateError) || error.code !== 'not-found') throw error;
    }
  }
  return [];
}
