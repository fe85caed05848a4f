import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kubeClient } from '../../src/kube/kube-client.js';
import { podOf } from '../../src/kube/pod-of.js';
import { apiObjects } from '../fakes/api-objects.js';
import { openClient } from './open-client.js';
import { temporaryDirectory, writeKubeconfig } from './write-kubeconfig.js';
import { containing, matching } from './containing.js';

describe('kubeClient reads', () => {
  it('version, nodes and single objects', async () => {
    const { api, client } = await openClient({ minor: 21 });
    api.put('nodes', { metadata: { name: 'node-1' } });
    api.put('pods', apiObjects.pod('team-a', 'web-0'));
    api.put('daemonsets', { metadata: { namespace: 'team-a', name: 'agent' } });
    expect(await client.serverVersion()).toBe('1.21');
    expect((await client.nodes()).map(({ name }) => name)).toEqual(['node-1']);
    expect((await client.node('node-1'))?.name).toBe('node-1');
    expect(await client.node('node-2')).toBeUndefined();
    expect((await client.pod('team-a', 'web-0'))?.nodeName).toBe('node-1');
    expect(await client.pod('team-a', 'web-1')).toBeUndefined();
    expect(await client.daemonSetExists('team-a', 'agent')).toBe(true);
    expect(await client.daemonSetExists('team-a', 'other')).toBe(false);
    expect(await client.target()).toEqual({ server: api.url, context: 'lab' });
  });

  it('pods of one node, in pages', async () => {
    const { api, client } = await openClient();
    for (let index = 0; index < 1203; index++) api.put('pods', apiObjects.pod('team-a', `web-${index}`));
    api.put('pods', apiObjects.pod('team-a', 'elsewhere', { node: 'node-2' }));
    const pods = await client.podsOn('node-1');
    expect(new Set(pods.map(({ name }) => name)).size).toBe(1203);
    expect(pods.some(({ name }) => name === 'elsewhere')).toBe(false);
    expect(api.requests.map(({ query }) => query.get('continue'))).toEqual([null, '500', '1000']);
    expect(
      api.requests.every(
        ({ query }) => query.get('limit') === '500' && query.get('fieldSelector') === 'spec.nodeName=node-1',
      ),
    ).toBe(true);
  });

  it.each([
    ['once', 1],
    ['for ever', Infinity],
  ])('a list anew when its token expires %s', async (_name, times) => {
    const { api, client } = await openClient();
    for (let index = 0; index < 700; index++) api.put('nodes', { metadata: { name: `node-${index}` } });
    let left = times;
    api.intercept(({ query }) =>
      query.has('continue') && left-- > 0 ? { status: 410, body: { message: 'continue token expired' } } : undefined,
    );
    expect((await client.nodes()).map(({ name }) => name)).toEqual([...api.objects.nodes!.keys()]);
    const whole = api.requests.filter(({ query }) => !query.has('limit'));
    expect(whole).toHaveLength(times === 1 ? 0 : 1);
  });

  it.each([
    [16, 'policy/v1beta1'],
    [20, 'policy/v1beta1'],
    [21, 'policy/v1'],
    [25, 'policy/v1'],
    [33, 'policy/v1'],
  ])('budgets of 1.%i from %s', async (minor, apiVersion) => {
    const { api, client } = await openClient({ minor });
    api.put('poddisruptionbudgets', apiObjects.budget('team-a', 'web', { app: 'web' }, { allowed: 0 }));
    expect(await client.budgets()).toMatchObject([
      { name: 'web', apiVersion, selector: { matchLabels: { app: 'web' } } },
    ]);
  });

  it.each([19, 20, 25])('runtime classes of 1.%i', async (minor) => {
    const { api, client } = await openClient({ minor });
    expect(await client.runtimeClasses()).toEqual([]);
    api.put('runtimeclasses', { metadata: { name: 'sandboxed' }, handler: 'runsc' });
    api.put('runtimeclasses', { metadata: { name: 'gpu' }, handler: 'nvidia' });
    expect(await client.runtimeClasses()).toEqual([
      { name: 'gpu', handler: 'nvidia' },
      { name: 'sandboxed', handler: 'runsc' },
    ]);
    expect(api.requests.at(-1)?.path).toBe(`/apis/node.k8s.io/${minor < 20 ? 'v1beta1' : 'v1'}/runtimeclasses`);
  });

  it('runtime classes that it may not list', async () => {
    const { api, client } = await openClient();
    const body = { kind: 'Status', message: 'runtimeclasses is forbidden', code: 403 };
    api.intercept(({ path }) => (path.endsWith('/runtimeclasses') ? { status: 403, body } : undefined));
    await expect(client.runtimeClasses()).rejects.toMatchObject({ code: 'denied' });
  });

  it('volume attachments of one node, without those of pods that stay', async () => {
    const { api, client } = await openClient();
    api.put('volumeattachments', apiObjects.attachment('csi-b', 'node-1', 'pv-b'));
    api.put('volumeattachments', apiObjects.attachment('csi-a', 'node-1', 'pv-a'));
    api.put('volumeattachments', apiObjects.attachment('csi-c', 'node-2', 'pv-c'));
    api.put('persistentvolumeclaims', {
      metadata: { namespace: 'team-a', name: 'data' },
      spec: { volumeName: 'pv-b' },
    });
    expect(await client.volumeAttachments('node-1')).toEqual(['csi-a', 'csi-b']);
    expect(
      await client.volumeAttachments('node-1', [
        { namespace: 'team-a', claim: 'data' },
        { namespace: 'team-a', claim: 'lost' },
      ]),
    ).toEqual(['csi-a']);
  });

  it('what is not allowed', async () => {
    const { api, client } = await openClient();
    expect(await client.missingPermissions()).toEqual([]);
    api.forbidden.add('create pods/eviction').add('patch nodes');
    expect(await client.missingPermissions()).toEqual(['patch nodes', 'create pods/eviction']);
  });
});

describe('kubeClient changes', () => {
  it('cordons, uncordons and annotates by merge patches', async () => {
    const { api, client } = await openClient();
    api.put('nodes', { metadata: { name: 'node-1', annotations: { old: 'x', kept: 'y' } }, spec: {} });
    await client.setUnschedulable('node-1', true);
    expect((await client.node('node-1'))?.unschedulable).toBe(true);
    await client.setUnschedulable('node-1', false);
    await client.annotate('node-1', { old: null, 'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///run/x.sock' });
    const node = await client.node('node-1');
    expect(node?.unschedulable).toBe(false);
    expect(node?.annotations).toEqual({ kept: 'y', 'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///run/x.sock' });
    await expect(client.setUnschedulable('node-9', true)).rejects.toMatchObject({
      code: 'not-found',
      message: containing('patch nodes node-9'),
    });
  });

  it.each([
    [16, 'policy/v1beta1'],
    [21, 'policy/v1beta1'],
    [22, 'policy/v1'],
    [33, 'policy/v1'],
  ])('evicts in 1.%i with a body of %s, for this UID alone', async (minor, apiVersion) => {
    const { api, client } = await openClient({ minor });
    const pod = apiObjects.pod('team-a', 'web-0', { uid: 'uid-1' });
    api.put('pods', pod);
    expect(await client.evict({ ...podOf(pod), uid: 'uid-0' }, undefined)).toEqual({ outcome: 'gone' });
    expect(api.objects.pods?.size).toBe(1);
    expect(await client.evict(podOf(pod), 5)).toEqual({ outcome: 'accepted' });
    expect(await client.evict(podOf(pod), undefined)).toEqual({ outcome: 'gone' });
    const bodies = api.requests
      .filter(({ path }) => path.endsWith('/eviction'))
      .map(({ body }) => body as { deleteOptions: object });
    expect(bodies.map(({ deleteOptions }) => deleteOptions)).toEqual([
      { preconditions: { uid: 'uid-0' } },
      { preconditions: { uid: 'uid-1' }, gracePeriodSeconds: 5 },
      { preconditions: { uid: 'uid-1' } },
    ]);
    expect(bodies[0]).toMatchObject({ apiVersion, kind: 'Eviction', metadata: { namespace: 'team-a', name: 'web-0' } });
    expect(api.requests.filter(({ path }) => path === '/api/v1')).toHaveLength(1);
  });
});

describe('kubeClient in trouble', () => {
  it('asks again when the server throttles', async () => {
    const { api, client } = await openClient();
    let busy = 2;
    api.intercept(() =>
      busy-- > 0 ? { status: 429, body: { message: 'too many requests' }, headers: { 'retry-after': '0' } } : undefined,
    );
    expect(await client.serverVersion()).toBe('1.21');
    expect(api.requests).toHaveLength(3);
  });

  it('names what is forbidden', async () => {
    const { api, client, kubeconfig } = await openClient();
    const message = 'pods is forbidden: User "viewer" cannot list resource "pods" in API group "" at the cluster scope';
    api.intercept(() => ({ status: 403, body: { message } }));
    await expect(client.podsOn('node-1')).rejects.toMatchObject({
      code: 'denied',
      message: `the API server ${api.url} forbids "list pods": ${message}`,
      hint: 'user "admin" needs a role that allows "list pods"',
    });
    api.intercept(() => ({ status: 401, body: { message: 'Unauthorized' } }));
    await expect(client.node('node-1')).rejects.toMatchObject({
      code: 'denied',
      message: `the API server ${api.url} does not know the credentials of user "admin" in kubeconfig ${kubeconfig} (get nodes node-1)`,
    });
  });

  it.each([
    ['reset', 'unreachable', /broke off the connection \(get nodes\)/],
    ['503', 'unreachable', /failed at the API server .*: 503 the server is shutting down/],
    ['html', 'unreachable', /: 502 <html>/],
  ] as const)('says so when the server answers with %s', async (kind, code, message) => {
    const { api, client } = await openClient();
    api.intercept(() => {
      if (kind === 'reset') return 'reset';
      return kind === '503'
        ? { status: 503, body: { message: 'the server is shutting down' } }
        : { status: 502, body: '<html>\n<body>' };
    });
    await expect(client.node('node-1')).rejects.toMatchObject({
      name: 'MigrateError',
      code,
      message: matching(message),
    });
  });

  it('does not take a login page for an answer', async () => {
    const { api, client } = await openClient();
    api.intercept(() => ({ status: 200, body: '<html>please log in' }));
    await expect(client.nodes()).rejects.toMatchObject({ name: 'MigrateError', code: 'failed' });
  });

  it('answers transient when the connection breaks under an eviction', async () => {
    const { api, client } = await openClient();
    const pod = podOf(apiObjects.pod('team-a', 'web-0'));
    api.intercept(({ path }) => (path.endsWith('/eviction') ? 'reset' : undefined));
    expect(await client.evict(pod, undefined)).toMatchObject({
      outcome: 'transient',
      because: containing('broke off'),
    });
    api.intercept(({ path }) => (path === '/api/v1' ? { status: 503, body: {} } : undefined));
    const other = kubeClient({ kubeconfig: await writeKubeconfig(api.url) }, {});
    expect(await other.evict(pod, undefined)).toMatchObject({
      outcome: 'transient',
      because: containing('503'),
    });
    await other.close();
  });

  it('says that nothing listens, and that a name is not known', async () => {
    const { api, client, kubeconfig } = await openClient();
    await api.close();
    await expect(client.serverVersion()).rejects.toMatchObject({
      code: 'unreachable',
      message: `the API server ${api.url} refuses connections: nothing listens there`,
      hint: containing(kubeconfig),
    });
    const nowhere = kubeClient({ kubeconfig: await writeKubeconfig('https://no-such-host.invalid:6443') }, {});
    await expect(nowhere.serverVersion()).rejects.toMatchObject({
      code: 'unreachable',
      message: containing('no address for no-such-host.invalid'),
    });
    await nowhere.close();
  });
});

describe('kubeClient presents', () => {
  const authorization = async (user: Record<string, unknown>): Promise<string | undefined> => {
    const { api, client } = await openClient({}, { user });
    await client.serverVersion();
    return api.requests[0]?.headers.authorization;
  };

  it('tokens, token files, passwords and impersonation', async () => {
    const tokenFile = join(await temporaryDirectory(), 'token');
    await writeFile(tokenFile, 'from-file\n');
    expect(await authorization({})).toBeUndefined();
    expect(await authorization({ token: 'abc' })).toBe('Bearer abc');
    expect(await authorization({ token: 'abc', tokenFile })).toBe('Bearer from-file');
    expect(await authorization({ username: 'me', password: 'secret' })).toBe(
      `Basic ${Buffer.from('me:secret').toString('base64')}`,
    );
    const { api, client } = await openClient({}, { user: { token: 'abc', as: 'other' } });
    await client.serverVersion();
    expect(api.requests[0]?.headers['impersonate-user']).toBe('other');
  });

  it('what an exec plugin gives, and asks it again after a 401', async () => {
    const directory = await temporaryDirectory();
    const plugin = join(directory, 'plugin.sh');
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'TOKEN', expirationTimestamp: '2999-01-01T00:00:00Z' },
    };
    const script = `#!/bin/sh\nprintf '%s' "$KUBERNETES_EXEC_INFO" > ${directory}/info\necho call >> ${directory}/calls\nN=$(wc -l < ${directory}/calls)\necho '${JSON.stringify(credential)}' | sed "s/TOKEN/token-$N/"\n`;
    await writeFile(plugin, script);
    await chmod(plugin, 0o755);
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: plugin, provideClusterInfo: true };
    const { api, client } = await openClient({}, { user: { exec } });
    await client.serverVersion();
    await client.serverVersion();
    api.intercept(({ headers }) =>
      headers.authorization === 'Bearer token-1' ? { status: 401, body: {} } : undefined,
    );
    await client.serverVersion();
    expect(api.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ]);
    const info = JSON.parse(await readFile(join(directory, 'info'), 'utf8')) as unknown;
    expect(info).toMatchObject({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      spec: { interactive: false, cluster: { server: api.url } },
    });
  });

  it('says which exec plugin is missing or fails', async () => {
    const missing = await openClient(
      {},
      { user: { exec: { command: 'no-such-plugin', installHint: 'see https://plugin.example' } } },
    );
    await expect(missing.client.serverVersion()).rejects.toMatchObject({
      code: 'denied',
      message: `the credential plugin no-such-plugin of user "admin" of kubeconfig ${missing.kubeconfig} is not installed (or not in PATH)`,
      hint: 'see https://plugin.example',
    });
    const failing = await openClient(
      {},
      { user: { exec: { command: 'sh', args: ['-c', 'echo your session has expired >&2; exit 1'] } } },
    );
    await expect(failing.client.serverVersion()).rejects.toMatchObject({
      code: 'denied',
      message: containing('failed: your session has expired'),
    });
    const garbled = await openClient({}, { user: { exec: { command: 'echo', args: ['hello'] } } });
    await expect(garbled.client.serverVersion()).rejects.toMatchObject({ code: 'denied' });
  });
});
