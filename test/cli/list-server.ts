import { onTestFinished } from 'vitest';
import { kubeClient, type KubeClient } from '../../src/kube/kube-client.js';
import { fakeApiServer, type FakeApi } from '../fakes/api-server.js';
import { writeKubeconfig } from '../kube/write-kubeconfig.js';

export interface ListedObject {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

export interface ListServer {
  readonly api: FakeApi;
  readonly client: KubeClient;
  /** Resources as `daemonsets.apps`, `pods`, that the user may not list. */
  readonly forbidden: Set<string>;
  /** Requests by path. */
  requests(): Map<string, number>;
}

/** An API server that has these lists and no others, by path as `/api/v1/pods`; an answer may stand for a list. */
export async function listServer(
  lists: Readonly<Record<string, readonly ListedObject[]>>,
  status: (path: string, page: number) => number = () => 200,
): Promise<ListServer> {
  const api = await fakeApiServer();
  const client = kubeClient({ kubeconfig: await writeKubeconfig(api.url) }, {});
  const forbidden = new Set<string>();
  onTestFinished(async () => {
    await client.close();
    await api.close();
  });
  api.intercept(({ path, query }) => {
    const [, group = '', resource = ''] = /^\/(?:api|apis\/([^/]+))\/\w+\/(\w+)$/.exec(path) ?? [];
    if (forbidden.has(group === '' ? resource : `${resource}.${group}`)) {
      return { status: 403, body: { kind: 'Status', message: `${resource} is forbidden: User "ci" cannot list it` } };
    }
    const list = lists[path];
    if (list === undefined) return { status: 404, body: { kind: 'Status', message: 'the server could not find it' } };
    const from = Number(query.get('continue') ?? 0);
    const limit = Number(query.get('limit'));
    const code = status(path, from / limit);
    if (code !== 200) return { status: code, body: { kind: 'Status', message: 'etcd is away' } };
    const more = from + limit < list.length ? { continue: String(from + limit) } : {};
    return { status: 200, body: { metadata: more, items: list.slice(from, from + limit) } };
  });
  return {
    api,
    client,
    forbidden,
    requests: () => {
      const counts = new Map<string, number>();
      for (const { path } of api.requests) counts.set(path, (counts.get(path) ?? 0) + 1);
      return counts;
    },
  };
}
