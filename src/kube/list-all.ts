import { z } from 'zod';
import type { ApiServer } from './api-server.js';
import { lenient } from './lenient.js';
import { parseObject } from './parse-object.js';
import { statusError } from './status-error.js';

const page = z.object({
  metadata: lenient.object({ continue: lenient.text }),
  items: z.array(z.unknown()).nullable(),
});

export interface ListCall {
  readonly path: string;
  /** `pods`, for messages. */
  readonly resource: string;
  readonly fieldSelector?: string;
}

const PAGE_SIZE = 500;

/** Every object of a list, page by page, each made small before the next page is asked for. */
export async function listAll<T>(
  server: ApiServer,
  { path, resource, fieldSelector }: ListCall,
  of: (raw: unknown) => T,
): Promise<T[]> {
  let objects: T[] = [];
  let next = '';
  let expired = 0;
  do {
    const call = {
      method: 'GET',
      path,
      query: {
        ...(fieldSelector === undefined ? {} : { fieldSelector }),
        // A list that outlived its token twice is asked for in one piece.
        ...(expired < 2 ? { limit: String(PAGE_SIZE) } : {}),
        ...(next === '' ? {} : { continue: next }),
      },
      action: `list ${resource}`,
      subject: '',
      timeoutMs: 60_000,
    } as const;
    const answer = await server.call(call);
    if (answer.status === 410 && next !== '') {
      expired += 1;
      objects = [];
      next = '';
      continue;
    }
    if (answer.status !== 200) throw statusError(answer, call, server.access);
    const { metadata, items } = parseObject(page, answer.body, `list of ${resource}`);
    objects.push(...(items ?? []).map(of));
    next = metadata.continue;
    if (next === '') return objects;
  } while (true);
}
