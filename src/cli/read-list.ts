import { MigrateError } from '../core/errors.js';
import type { ObjectLister } from '../core/ports.js';
import { listPath, type ClusterList } from '../scan/cluster-lists.js';

/**
 * Reads a list page by page in its newest version that the server has. A list that it has in none, such as policies after
 * 1.25, is empty. Errors: as `ObjectLister.pages`, without `not-found`.
 */
export async function readList(
  cluster: ObjectLister,
  list: ClusterList,
  take: (items: readonly unknown[], version: string) => void,
): Promise<void> {
  for (const version of list.versions) {
    try {
      for await (const items of cluster.pages(listPath(list, version), list.resource)) take(items, version);
      return;
    } catch (error) {
      if (!(error instanceof MigrateError) || error.code !== 'not-found') throw error;
    }
  }
}
