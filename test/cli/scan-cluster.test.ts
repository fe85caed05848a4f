import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { scanCluster, type ClusterScan } from '../../src/cli/scan-cluster.js';
import type { KubeClient } from '../../src/kube/kube-client.js';
import { scanRbac } from '../../src/report/scan/scan-rbac.js';
import { clusterLists, CUSTOM_RESOURCE_DEFINITIONS } from '../../src/scan/cluster-lists.js';
import { customList } from '../../src/scan/custom-lists.js';
import { CONTEXT } from '../scan/scan-of.js';
import { containing } from '../kube/containing.js';
import { listServer, type ListedObject } from './list-server.js';

const scan = (cluster: KubeClient, asked: { secrets?: boolean; helmReleases?: boolean } = {}): Promise<ClusterScan> =>
  scanCluster({ cluster, secrets: false, helmReleases: false, progress: () => undefined, ...asked }, CONTEXT);

const SOCKET = {
  containers: [{ name: 'app', image: 'app:1', volumeMounts: [{ name: 's', mountPath: '/s' }] }],
  volumes: [{ name: 's', hostPath: { path: '/var/run/docker.sock' } }],
};
const PLAIN = { containers: [{ name: 'app', image: 'app:1' }] };

interface Meta {
  readonly uid?: string;
  readonly owner?: { readonly kind: string; readonly name: string; readonly uid: string };
}
const object = (name: string, rest: object, { uid = `uid-${name}`, owner }: Meta = {}): ListedObject => ({
  metadata: {
    name,
    namespace: 'shop',
    uid,
    ...(owner === undefined ? {} : { ownerReferences: [{ ...owner, apiVersion: 'v1', controller: true }] }),
  },
  ...rest,
});
const workload = (name: string, spec: object, meta: Meta = {}) => object(name, { spec: { template: { spec } } }, meta);

/** Every list that a scan asks for, empty. */
const EMPTY: Record<string, ListedObject[]> = {
  ...Object.fromEntries(
    [
      ...['pods', 'replicationcontrollers', 'podtemplates', 'configmaps', 'services', 'endpoints'],
      ...['persistentvolumes', 'nodes', 'secrets'],
    ].map((resource) => [`/api/v1/${resource}`, []]),
  ),
  ...Object.fromEntries(
    ['replicasets', 'deployments', 'daemonsets', 'statefulsets'].map((one) => [`/apis/apps/v1/${one}`, []]),
  ),
  '/apis/batch/v1/jobs': [],
  '/apis/batch/v1/cronjobs': [],
  '/apis/policy/v1beta1/podsecuritypolicies': [],
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions': [],
};

const definition = (plural: string, schema: object): ListedObject => ({
  metadata: { name: `${plural}.ci.example.com` },
  spec: {
    group: 'ci.example.com',
    names: { kind: 'Runner', plural },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
  },
});
const OPEN = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

const sockets = ({ found }: ClusterScan) =>
  found.filter(({ ruleId }) => ruleId === 'docker-sock').map(({ object: { kind, name } }) => `${kind} ${name}`);

describe('scanCluster', () => {
  it('asks for one list a kind, page by page, and for no object alone', async () => {
    const replicaSet = { kind: 'ReplicaSet', name: 'web-1', uid: 'uid-web-1' };
    const pods = Array.from({ length: 1201 }, (_, index) =>
      object(`web-1-${index}`, { spec: SOCKET }, { owner: replicaSet }),
    );
    const owner = { kind: 'Deployment', name: 'web', uid: 'uid-web' };
    const { client, requests } = await listServer({
      ...EMPTY,
      '/api/v1/pods': pods,
      '/apis/apps/v1/replicasets': [workload('web-1', SOCKET, { owner })],
      '/apis/apps/v1/deployments': [workload('web', SOCKET)],
    });
    const result = await scan(client);
    expect(result).toMatchObject({ undecided: [], errors: [], pods: 1201, objects: 1203 });
    expect(result.found.filter(({ ruleId }) => ruleId === 'docker-sock')).toMatchObject([
      {
        object: { kind: 'Deployment', namespace: 'shop', name: 'web' },
        container: 'app',
        pods: 1201,
        owners: ['Deployment/web', 'ReplicaSet/web-1', 'Pod/web-1-0'],
      },
    ]);
    const asked = Object.fromEntries(requests());
    expect(asked['/api/v1/pods']).toBe(3);
    const { '/api/v1/pods': _pods, ...others } = asked;
    const { '/api/v1/pods': _none, '/api/v1/secrets': _secrets, ...lists } = EMPTY;
    expect(Object.keys(others).sort()).toEqual(Object.keys(lists).sort());
    expect(new Set(Object.values(others))).toEqual(new Set([1]));
  });

  it('looks into pods that run and templates that run nothing, and not into pods that have ended', async () => {
    const { client } = await listServer({
      ...EMPTY,
      '/api/v1/pods': [
        object('bare', { spec: SOCKET, status: { phase: 'Running' } }),
        object('done', { spec: SOCKET, status: { phase: 'Succeeded' } }),
        object('static-w1', { spec: SOCKET }, { owner: { kind: 'Node', name: 'w1', uid: 'uid-w1' } }),
      ],
      '/apis/batch/v1/cronjobs': [
        object('prune', { spec: { suspend: true, jobTemplate: { spec: { template: { spec: SOCKET } } } } }),
      ],
    });
    expect(sockets(await scan(client))).toEqual(['CronJob prune', 'Pod bare', 'Pod static-w1']);
  });

  it('reads CronJobs, policies and definitions where an older or newer server has them', async () => {
    const { '/apis/batch/v1/cronjobs': _, '/apis/policy/v1beta1/podsecuritypolicies': __, ...others } = EMPTY;
    const { '/apis/apiextensions.k8s.io/v1/customresourcedefinitions': ___, ...older } = others;
    const { client } = await listServer({
      ...older,
      '/apis/batch/v1beta1/cronjobs': [
        object('prune', { spec: { jobTemplate: { spec: { template: { spec: SOCKET } } } } }),
      ],
      '/apis/apiextensions.k8s.io/v1beta1/customresourcedefinitions': [
        {
          metadata: { name: 'runners.ci.example.com' },
          spec: {
            group: 'ci.example.com',
            version: 'v1alpha1',
            names: { kind: 'Runner', plural: 'runners' },
            validation: { openAPIV3Schema: OPEN },
          },
        },
      ],
      '/apis/ci.example.com/v1alpha1/runners': [object('ci', { spec: { podTemplate: { spec: SOCKET } } })],
    });
    const result = await scan(client);
    expect(result.undecided).toEqual([]);
    expect(sockets(result)).toEqual(['CronJob prune', 'Runner ci']);
  });

  it('follows owners into custom resources, whatever an operator makes of them', async () => {
    const owner = { kind: 'Runner', name: 'ci', uid: 'uid-ci' };
    const { client } = await listServer({
      ...EMPTY,
      '/api/v1/pods': [
        object('ci-agent-x', { spec: SOCKET }, { owner: { kind: 'DaemonSet', name: 'ci-agent', uid: 'uid-ci-agent' } }),
      ],
      '/apis/apps/v1/daemonsets': [workload('ci-agent', SOCKET, { owner })],
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions': [
        definition('runners', OPEN),
        definition('leases', { type: 'object', properties: { holder: { type: 'string' } } }),
      ],
      '/apis/ci.example.com/v1/runners': [object('ci', { spec: { size: 'large' } })],
    });
    const { found, undecided } = await scan(client);
    expect(undecided).toEqual([]);
    expect(found.filter(({ ruleId }) => ruleId === 'docker-sock')).toMatchObject([
      {
        object: { kind: 'Runner', name: 'ci' },
        message: containing('It is in DaemonSet ci-agent, which this object owns.'),
        pods: 1,
        owners: ['Runner/ci', 'DaemonSet/ci-agent', 'Pod/ci-agent-x'],
      },
    ]);
  });

  it('tells of lists that it may not read, or not to their end, and goes on', async () => {
    const { client, forbidden } = await listServer(
      {
        ...EMPTY,
        '/api/v1/pods': Array.from({ length: 1400 }, (_, index) =>
          object(`pod-${index}`, { spec: index === 7 ? SOCKET : PLAIN }),
        ),
        '/apis/apps/v1/daemonsets': [workload('agent', SOCKET)],
      },
      (path, page) => (path === '/api/v1/pods' && page === 2 ? 500 : 200),
    );
    forbidden.add('configmaps').add('statefulsets.apps');
    const result = await scan(client);
    expect(result.undecided).toEqual([
      { subject: 'pods', why: containing('etcd is away') },
      { subject: 'statefulsets.apps', why: containing('statefulsets is forbidden: User "ci" cannot list it') },
      { subject: 'configmaps', why: containing('forbids "list configmaps"') },
    ]);
    expect(result.pods).toBe(1000);
    expect(sockets(result)).toEqual(['DaemonSet agent', 'Pod pod-7']);
  });

  it('fails when there is nothing that it may read, or nobody answers', async () => {
    const { api, client, forbidden } = await listServer(EMPTY);
    for (const { group, resource } of clusterLists({ secrets: false, helmReleases: false })) {
      forbidden.add(group === '' ? resource : `${resource}.${group}`);
    }
    forbidden.add('customresourcedefinitions.apiextensions.k8s.io');
    await expect(scan(client)).rejects.toMatchObject({ code: 'denied', message: containing('list pods') });
    await api.close();
    await expect(scan(client)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('needs exactly the role that is printed for it', async () => {
    const { client, forbidden } = await listServer({
      ...EMPTY,
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions': [definition('runners', OPEN)],
      '/apis/ci.example.com/v1/runners': [],
    });
    const custom = [customList(definition('runners', OPEN))].filter((list) => list !== undefined);
    const lists = [...clusterLists({ secrets: true, helmReleases: true }), CUSTOM_RESOURCE_DEFINITIONS, ...custom];
    const needs = lists.map(({ group, resource }) => ({ group, resource, verbs: ['list'] }));
    const role = parse(scanRbac(needs, { custom: 'listed' })) as {
      rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
    };
    expect(new Set(role.rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['list']));
    const granted = role.rules.flatMap(({ apiGroups: [group = ''], resources }) =>
      resources.map((resource) => (group === '' ? resource : `${resource}.${group}`)),
    );
    const asked = { secrets: true, helmReleases: true };
    expect((await scan(client, asked)).undecided).toEqual([]);
    expect(granted).toEqual(expect.arrayContaining(['pods', 'secrets', 'runners.ci.example.com']));
    for (const one of granted) {
      forbidden.clear();
      forbidden.add(one);
      expect((await scan(client, asked)).undecided).toEqual([{ subject: one, why: containing('forbids') }]);
    }
  });
});

describe('scanCluster, Secrets and releases', () => {
  const TOKEN = 'hunter2-hunter2';
  const record = (manifest: string) => ({
    ...object('sh.helm.release.v1.ci.v3', {}),
    type: 'helm.sh/release.v1',
    metadata: { name: 'sh.helm.release.v1.ci.v3', namespace: 'shop', labels: { owner: 'helm', status: 'deployed' } },
    data: {
      release: base64(
        gzipSync(JSON.stringify({ name: 'ci', namespace: 'shop', version: 3, manifest })).toString('base64'),
      ),
    },
  });
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const config = `token: ${TOKEN}\nvolumes:\n- name: d\n  hostPath: {path: /var/run/docker.sock}\n`;
  const secret = { ...object('runner', {}), type: 'Opaque', data: { 'config.yaml': base64(config) } };
  const manifest = `---\n${JSON.stringify({ apiVersion: 'apps/v1', kind: 'DaemonSet', ...workload('agent', SOCKET) })}
---
${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { 'config.yaml': config } })}
---
${JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'hook' }, spec: SOCKET })}
`;
  const lists = {
    ...EMPTY,
    '/api/v1/secrets': [secret, record(manifest)],
    '/apis/apps/v1/daemonsets': [workload('agent', SOCKET)],
  };

  it('leaves Secrets alone unless it is asked', async () => {
    const { client, requests } = await listServer(lists);
    expect(sockets(await scan(client))).toEqual(['DaemonSet agent']);
    expect([...requests().keys()]).not.toContain('/api/v1/secrets');
  });

  it('finds what is in them and shows nothing of it', async () => {
    const { client } = await listServer(lists);
    const result = await scan(client, { secrets: true });
    expect(sockets(result)).toEqual(['DaemonSet agent', 'Secret runner']);
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });

  it('tells what a release brings again, once with what is there of it', async () => {
    const { api, client } = await listServer(lists);
    const result = await scan(client, { helmReleases: true });
    const found = result.found.filter(({ ruleId }) => ruleId === 'docker-sock');
    expect(found.map(({ object: { kind, namespace, name } }) => [kind, namespace, name])).toEqual([
      ['DaemonSet', 'shop', 'agent'],
      ['Secret', 'shop', 's'],
      ['Pod', 'shop', 'hook'],
    ]);
    for (const { message } of found) expect(message).toContain('It is in release ci of Helm (revision 3)');
    expect(JSON.stringify(result)).not.toContain(TOKEN);
    const [asked] = api.requests.filter(({ path }) => path === '/api/v1/secrets');
    expect(asked?.query.get('labelSelector')).toBe('owner=helm,status=deployed');
  });

  it('tells of a release that it cannot read, without its content', async () => {
    const broken = { ...record(''), data: { release: base64(base64(`{"manifest": "${TOKEN}`)) } };
    const { client } = await listServer({ ...EMPTY, '/api/v1/secrets': [broken] });
    const { errors } = await scan(client, { helmReleases: true });
    expect(errors).toEqual([
      { subject: 'Secret/shop/sh.helm.release.v1.ci.v3', message: containing('is no release as Helm 3 writes it') },
    ]);
  });
});
