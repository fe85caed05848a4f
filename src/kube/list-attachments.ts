import { z } from 'zod';
import type { ApiServer } from './api-server.js';
import { getOne } from './get-one.js';
import { lenient } from './lenient.js';
import { listAll } from './list-all.js';
import { parseObject } from './parse-object.js';

const attachment = z.object({
  metadata: z.object({ name: z.string() }),
  spec: lenient.object({ nodeName: lenient.text, source: lenient.object({ persistentVolumeName: lenient.text }) }),
});
const claimed = z.object({ spec: lenient.object({ volumeName: lenient.text }) });

/** Names of a node's VolumeAttachments, sorted, without those of the volumes behind `except`. */
export async function listAttachments(
  server: ApiServer,
  node: string,
  except: readonly { readonly namespace: string; readonly claim: string }[],
): Promise<readonly string[]> {
  const volumes = await Promise.all(
    except.map(async ({ namespace, claim }) => {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/persistentvolumeclaims/${encodeURIComponent(claim)}`;
      const raw = await getOne(server, path, 'persistentvolumeclaims', `${namespace}/${claim}`);
      return raw === undefined ? '' : parseObject(claimed, raw, 'PersistentVolumeClaim').spec.volumeName;
    }),
  );
  // The API server has no field selector for the node.
  const all = await listAll(
    server,
    { path: '/apis/storage.k8s.io/v1/volumeattachments', resource: 'volumeattachments' },
    (raw) => parseObject(attachment, raw, 'VolumeAttachment'),
  );
  return all
    .filter(({ spec }) => spec.nodeName === node)
    .filter(
      ({ spec: { source } }) => source.persistentVolumeName === '' || !volumes.includes(source.persistentVolumeName),
    )
    .map(({ metadata }) => metadata.name)
    .sort();
}
