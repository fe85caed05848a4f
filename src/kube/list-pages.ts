import { setImmediate as turn } from 'node:timers/promises';
import { MigrateError } from '../core/errors.js';
import type { ApiAnswer, ApiCall } from './api-call.js';
import type { ApiServer } from './api-server.js';
import { statusError } from './status-error.js';

const PAGE_SIZE = 500;

/** The metadata of a list stand before its items. */
const CONTINUE = /"continue":"((?:[^"\\]|\\.)*)"/;
const HEAD_LENGTH = 4096;

/**
 * The objects of a list, page by page. The next page is asked for before the last one is parsed, so that the server works
 * while the caller does; no more than two are held.
 */
export async function* listPages(server: ApiServer, path: string, resource: string): AsyncIterable<readonly unknown[]> {
  const ask = (token: string): Promise<ApiAnswer> => server.call(callFor(path, resource, token));
  let coming: Promise<ApiAnswer> | undefined = ask('');
  while (coming !== undefined) {
    const answer: ApiAnswer = await coming;
    // A token outlives some minutes; the answer to an old one holds one that goes on from there, on newer data.
    const renewed = answer.status === 410 ? continueOf(answer.body) : '';
    if (answer.status !== 200 && renewed === '') throw statusError(answer, callFor(path, resource, ''), server.access);
    const text = answer.status === 200 ? String(answer.body) : '';
    const next: string = renewed || continueIn(text);
    coming = next === '' ? undefined : ask(next);
    // Should the caller stop here, nobody is left to hear of a failure.
    coming?.catch(() => undefined);
    if (text === '') continue;
    // Lets the request out before the parser takes the thread.
    await turn();
    const page = pageOf(text, resource, path);
    // Where a server wrote the items first.
    if (coming === undefined && page.next !== '') coming = ask(page.next);
    yield page.items;
  }
}

const callFor = (path: string, resource: string, token: string): ApiCall => ({
  method: 'GET',
  path,
  query: { limit: String(PAGE_SIZE), ...(token === '' ? {} : { continue: token }) },
  action: `list ${resource}`,
  subject: '',
  timeoutMs: 60_000,
  asText: true,
});

function continueIn(text: string): string {
  const items = text.indexOf('"items"');
  const head = text.slice(0, items === -1 ? HEAD_LENGTH : items);
  const quoted = CONTINUE.exec(head)?.[1];
  return quoted === undefined ? '' : (JSON.parse(`"${quoted}"`) as string);
}

const continueOf = (body: unknown): string => {
  const token = (body as { metadata?: { continue?: unknown } } | null)?.metadata?.continue;
  return typeof token === 'string' ? token : '';
};

function pageOf(text: string, resource: string, path: string): { items: readonly unknown[]; next: string } {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw new MigrateError('failed', `the list of ${resource} at ${path} is no valid JSON`, { cause: error });
  }
  const { items } = (list ?? {}) as { items?: unknown };
  return { items: Array.isArray(items) ? (items as unknown[]) : [], next: continueOf(list) };
}
