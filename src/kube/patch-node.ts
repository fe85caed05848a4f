import type { ApiServer } from './api-server.js';
import { statusError } from './status-error.js';

/** Merges `patch` into a Node; null takes a field away. */
export async function patchNode(server: ApiServer, node: string, patch: object): Promise<void> {
  const call = {
    method: 'PATCH',
    path: `/api/v1/nodes/${encodeURIComponent(node)}`,
    body: patch,
    action: 'patch nodes',
    subject: node,
  } as const;
  const answer = await server.call(call);
  if (answer.status !== 200) throw statusError(answer, call, server.access);
}
