import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { fakeEviction } from './api-eviction.js';
import type { ApiObject } from './api-objects.js';

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  /** Parsed JSON. */
  readonly body: unknown;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/**
 * `reset` cuts the connection in the middle of the body, `drop` before any answer; `hang` never answers, `stall` stops
 * after the headers.
 */
export type Intercept = (request: FakeRequest) => FakeAnswer | 'reset' | 'drop' | 'hang' | 'stall' | undefined;

export interface FakeApiOptions {
  readonly tls?: https.ServerOptions;
  /** Minor version of 1.x: what it serves depends on it. */
  readonly minor?: number;
}

export interface FakeApi {
  readonly url: string;
  readonly port: number;
  /** Objects by resource, each by `namespace/name` or `name`. */
  readonly objects: Record<string, Map<string, ApiObject>>;
  readonly requests: FakeRequest[];
  /** `verb resource` that SelfSubjectAccessReview says no to. */
  readonly forbidden: Set<string>;
  put(resource: string, object: ApiObject): void;
  /** The last one given is asked first; undefined passes on. */
  intercept(intercept: Intercept): void;
  close(): Promise<void>;
}

/** An API server of one process: objects in maps, evictions with budgets, and any misbehaviour a test wants. */
export async function fakeApiServer({ tls, minor = 21 }: FakeApiOptions = {}): Promise<FakeApi> {
  const objects: FakeApi['objects'] = {};
  for (const resource of RESOURCES) objects[resource] = new Map();
  const requests: FakeRequest[] = [];
  const intercepts: Intercept[] = [];
  const forbidden = new Set<string>();

  const listener: http.RequestListener = (incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://fake');
      const text = Buffer.concat(chunks).toString();
      const request = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
      requests.push(request);
      const answer = first(intercepts, request) ?? answerTo(request, objects, minor, forbidden);
      if (answer === 'hang') return;
      if (answer === 'drop') return void response.socket?.resetAndDestroy();
      if (answer === 'reset' || answer === 'stall') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"items":[', () => (answer === 'reset' ? response.socket?.resetAndDestroy() : undefined));
        return;
      }
      const json = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(json);
    });
  };
  const server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    objects,
    requests,
    forbidden,
    put(resource, object) {
      const { namespace, name } = object.metadata;
      objects[resource]?.set(namespace === undefined ? name : `${namespace}/${name}`, object);
    },
    intercept: (intercept) => void intercepts.unshift(intercept),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const RESOURCES = [
  'nodes',
  'pods',
  'namespaces',
  'daemonsets',
  'poddisruptionbudgets',
  'volumeattachments',
  'persistentvolumeclaims',
  'runtimeclasses',
] as const;

const first = (intercepts: readonly Intercept[], request: FakeRequest): ReturnType<Intercept> => {
  for (const intercept of intercepts) {
    const answer = intercept(request);
    if (answer !== undefined) return answer;
  }
  return undefined;
};

const status = (code: number, message: string): FakeAnswer => ({
  status: code,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code },
});

function answerTo(
  request: FakeRequest,
  objects: FakeApi['objects'],
  minor: number,
  forbidden: ReadonlySet<string>,
): FakeAnswer {
  const { method, path, body } = request;
  if (path === '/version')
    return { status: 200, body: { major: '1', minor: `${minor}+`, gitVersion: `v1.${minor}.0` } };
  if (path === '/api/v1') {
    const version = minor >= 22 ? 'v1' : 'v1beta1';
    return {
      status: 200,
      body: {
        resources: [
          { name: 'pods', kind: 'Pod' },
          { name: 'pods/eviction', kind: 'Eviction', group: 'policy', version },
        ],
      },
    };
  }
  if (path === '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews') {
    const { resourceAttributes } = (body as { spec: { resourceAttributes: Record<string, string> } }).spec;
    const { verb, resource, subresource } = resourceAttributes;
    const allowed = !forbidden.has(`${verb} ${resource}${subresource === undefined ? '' : `/${subresource}`}`);
    return { status: 201, body: { status: { allowed } } };
  }
  const found =
    /^\/(?:api|apis\/([^/]+))\/(v\w+)(?:\/namespaces\/([^/]+)(?=\/))?\/([a-z]+)(?:\/([^/]+))?(?:\/(eviction))?$/.exec(
      path,
    );
  if (found === null) return status(404, 'the server could not find the requested resource');
  const [, group = '', version, namespace, resource = '', name, sub] = found.map((part) =>
    part === undefined ? undefined : decodeURIComponent(part),
  );
  const store = objects[resource];
  const served = VERSIONS[group ?? '']?.(minor);
  if (store === undefined || served?.includes(version ?? '') === false) {
    return status(404, 'the server could not find the requested resource');
  }
  const key = namespace === undefined ? (name ?? '') : `${namespace}/${name}`;
  if (sub === 'eviction') return fakeEviction(key, body, objects);
  if (name === undefined) return listOf(store, request.query);
  const object = store.get(key);
  if (object === undefined) return status(404, `${resource} "${name}" not found`);
  if (method === 'PATCH') {
    if (request.headers['content-type'] !== 'application/merge-patch+json') return status(415, 'not a merge patch');
    merge(object, body as Record<string, unknown>);
  }
  return { status: 200, body: object };
}

/** Of groups that changed theirs in the versions that matter. */
const VERSIONS: Readonly<Record<string, (minor: number) => readonly string[]>> = {
  policy: (minor) => [...(minor >= 21 ? ['v1'] : []), ...(minor < 25 ? ['v1beta1'] : [])],
  'node.k8s.io': (minor) => [...(minor >= 20 ? ['v1'] : []), ...(minor < 25 ? ['v1beta1'] : [])],
};

function listOf(store: ReadonlyMap<string, ApiObject>, query: URLSearchParams): FakeAnswer {
  const node = /^spec\.nodeName=(.*)$/.exec(query.get('fieldSelector') ?? '')?.[1];
  const all = [...store.values()].filter(
    (object) => node === undefined || (object.spec as { nodeName?: string }).nodeName === node,
  );
  const from = Number(query.get('continue') ?? 0);
  const to = query.has('limit') ? from + Number(query.get('limit')) : all.length;
  return {
    status: 200,
    body: {
      metadata: to < all.length ? { continue: String(to) } : {},
      items: all.length === 0 ? null : all.slice(from, to),
    },
  };
}

function merge(target: Record<string, unknown>, patch: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete target[key];
    else if (typeof value === 'object')
      merge((target[key] ??= {}) as Record<string, unknown>, value as Record<string, unknown>);
    else target[key] = value;
  }
}
