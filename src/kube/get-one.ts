import type { ApiServer } from './api-server.js';
import { statusError } from './status-error.js';

/** One object as it is; undefined when there is none of that name. */
export async function getOne(server: ApiServer, path: string, resource: string, subject: string): Promise<unknown> {
  const call = { method: 'GET', path, action: `get ${resource}`, subject } as const;
  const answer = await server.call(call);
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw statusError(answer, call, server.access);
  return answer.body;
}
