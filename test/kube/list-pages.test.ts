import { describe, expect, it } from 'vitest';
import type { FakeApi } from '../fakes/api-server.js';
import { containing } from './containing.js';
import { openClient } from './open-client.js';

const PAGE = 500;
const items = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ metadata: { name: `pod-${from + index}` } }));

/** A list of pages; what is asked for in vain is answered by `broken`. */
function serve(api: FakeApi, pages: number, broken: (page: number) => { status: number; body: unknown } | undefined) {
  api.intercept(({ path, query }) => {
    if (path !== '/api/v1/pods') return undefined;
    const page = Number(query.get('continue')?.replace('page-', '') ?? 0);
    const more = page + 1 < pages ? { continue: `page-${page + 1}` } : {};
    return broken(page) ?? { status: 200, body: { kind: 'PodList', metadata: more, items: items(page * PAGE, PAGE) } };
  });
}

const fine = (): undefined => undefined;

describe('pages of a list', () => {
  it('come one after the other, each asked for once', async () => {
    const { api, client } = await openClient();
    serve(api, 3, fine);
    const names: unknown[] = [];
    for await (const page of client.pages('/api/v1/pods', 'pods')) names.push(...page);
    expect(names).toEqual(items(0, 3 * PAGE));
    expect(api.requests.map(({ query }) => [query.get('limit'), query.get('continue')])).toEqual([
      ['500', null],
      ['500', 'page-1'],
      ['500', 'page-2'],
    ]);
  });

  it('are asked for one ahead, and no more', async () => {
    const { api, client } = await openClient();
    serve(api, 5, fine);
    const pages = client.pages('/api/v1/pods', 'pods')[Symbol.asyncIterator]();
    await pages.next();
    await expect.poll(() => api.requests.length).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(api.requests).toHaveLength(2);
    await pages.return?.();
  });

  it('go on from where they were when the token has expired', async () => {
    const { api, client } = await openClient();
    let expired = false;
    const body = { kind: 'Status', code: 410, reason: 'Expired', metadata: { continue: 'page-2' } };
    serve(api, 4, (page) => {
      if (page !== 2 || expired) return undefined;
      expired = true;
      return { status: 410, body };
    });
    const names: unknown[] = [];
    for await (const page of client.pages('/api/v1/pods', 'pods')) names.push(...page);
    expect(expired).toBe(true);
    expect(names).toEqual(items(0, 4 * PAGE));
  });

  it('that came before a failure are there', async () => {
    const { api, client } = await openClient();
    serve(api, 4, (page) => (page === 2 ? { status: 500, body: { message: 'etcd is away' } } : undefined));
    const names: unknown[] = [];
    const read = async (): Promise<void> => {
      for await (const page of client.pages('/api/v1/pods', 'pods')) names.push(...page);
    };
    await expect(read()).rejects.toMatchObject({ code: 'unreachable', message: containing('etcd is away') });
    expect(names).toEqual(items(0, 2 * PAGE));
  });

  it('end where there is no such list', async () => {
    const { client } = await openClient();
    const pages = client.pages('/apis/policy/v1beta1/podsecuritypolicies', 'podsecuritypolicies');
    await expect(pages[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('keep the selector of the path', async () => {
    const { api, client } = await openClient();
    serve(api, 2, fine);
    for await (const page of client.pages('/api/v1/pods?labelSelector=owner%3Dhelm', 'pods'))
      expect(page).toHaveLength(PAGE);
    expect(api.requests.map(({ query }) => query.get('labelSelector'))).toEqual(['owner=helm', 'owner=helm']);
  });

  it('of an empty list are one without items', async () => {
    const { api, client } = await openClient();
    api.intercept(() => ({ status: 200, body: { metadata: {}, items: null } }));
    const pages: unknown[] = [];
    for await (const page of client.pages('/api/v1/pods', 'pods')) pages.push(page);
    expect(pages).toEqual([[]]);
  });
});
