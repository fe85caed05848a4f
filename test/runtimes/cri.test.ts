import { status } from '@grpc/grpc-js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { criClient } from '../../src/runtimes/cri.js';
import { criConnection } from '../../src/runtimes/cri-connection.js';
import { type FakeCri, type FakeCriHandler, fakeCri } from './fake-cri.js';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const end of endings.splice(0).reverse()) await end();
});

const serve = async (...args: Parameters<typeof fakeCri>): Promise<FakeCri> => {
  const server = await fakeCri(...args);
  endings.push(() => server.stop());
  return server;
};

const open = async (server: FakeCri) => {
  const client = await criClient(server.socketPath, server.endpoint);
  endings.push(() => client.close());
  return client;
};

const both = ['runtime.v1', 'runtime.v1alpha2'] as const;
const fail = (code: status, details: string) => () => Promise.reject({ code, details });
const never = () => new Promise(() => undefined);

describe('the version', () => {
  it.each([
    [['runtime.v1', 'runtime.v1alpha2'], 'runtime.v1'],
    [['runtime.v1'], 'runtime.v1'],
    [['runtime.v1alpha2'], 'runtime.v1alpha2'],
  ] as const)('of a server that speaks %j is %s, for every call', async (apis, api) => {
    const server = await serve(apis);
    const facts = await (await open(server)).facts();
    expect(facts).toMatchObject({ api, runtimeName: 'fake', runtimeVersion: '9.8.7' });
    const after = server.calls.slice(server.calls.indexOf(`${api} Version`));
    expect(after).toContain(`${api} ListImages`);
    for (const call of after) expect(call.startsWith(`${api} `)).toBe(true);
  });

  it('of a server that speaks neither is an error that names the plugin', async () => {
    const server = await serve([]);
    await expect(criClient(server.socketPath, 'unix:///run/containerd/containerd.sock')).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('the CRI at unix:///run/containerd/containerd.sock: neither'),
      hint: expect.stringContaining('CRI plugin is disabled'),
    });
  });

  it('is not taken for another one because of another failure', async () => {
    const server = await serve(both, { Version: fail(status.INTERNAL, 'out of order') });
    await expect(open(server)).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('Version: out of order'),
    });
    expect(server.calls).toEqual(['runtime.v1 Version']);
  });
});

describe('facts', () => {
  it('reads everything', async () => {
    const server = await serve(both, {
      Status: (request) => ({
        status: {
          conditions: [{ type: 'NetworkReady', status: false, reason: 'NetworkPluginNotReady', message: 'no network' }],
        },
        info: request['verbose'] === true ? { config: '{"sandboxImage":"pause:1"}' } : {},
      }),
      ListPodSandbox: () => ({
        items: [
          { id: 's1', metadata: { name: 'web', namespace: 'shop', uid: 'u1' }, state: 'SANDBOX_NOTREADY' },
          { id: 's2', metadata: { name: 'db', namespace: 'shop', uid: 'u2' }, state: 'SANDBOX_READY' },
        ],
      }),
      ListContainers: () => ({
        containers: [
          { id: 'c1', podSandboxId: 's1', metadata: { name: 'nginx', attempt: 3 }, state: 'CONTAINER_EXITED' },
          { id: 'c2', podSandboxId: 's2', metadata: { name: 'postgres' }, state: 'CONTAINER_RUNNING' },
        ],
      }),
      ListImages: () => ({
        images: [{ id: 'sha256:1', repoTags: ['web:1'], repoDigests: ['web@sha256:2'], size: 3_000_000_000 }],
      }),
      ImageFsInfo: () => ({ imageFilesystems: [{ fsId: { mountpoint: '/var/lib/x' }, usedBytes: { value: 5 } }, {}] }),
    });
    expect(await (await open(server)).facts()).toEqual({
      api: 'runtime.v1',
      runtimeName: 'fake',
      runtimeVersion: '9.8.7',
      conditions: [{ type: 'NetworkReady', status: false, reason: 'NetworkPluginNotReady', message: 'no network' }],
      info: { config: '{"sandboxImage":"pause:1"}' },
      sandboxes: [
        { id: 's1', name: 'web', namespace: 'shop', uid: 'u1', ready: false },
        { id: 's2', name: 'db', namespace: 'shop', uid: 'u2', ready: true },
      ],
      containers: [
        { id: 'c1', sandboxId: 's1', name: 'nginx', attempt: 3, state: 'exited' },
        { id: 'c2', sandboxId: 's2', name: 'postgres', attempt: 0, state: 'running' },
      ],
      images: [{ id: 'sha256:1', tags: ['web:1'], digests: ['web@sha256:2'], sizeBytes: 3_000_000_000 }],
      imageFilesystems: [
        { mountPoint: '/var/lib/x', usedBytes: 5 },
        { mountPoint: '', usedBytes: 0 },
      ],
    });
  });

  it('reads a list of 20 MB', async () => {
    const tag = `registry.example.com/${'long/'.repeat(190)}image`;
    const images = Array.from({ length: 20_000 }, (_, index) => ({
      id: `sha256:${index}`,
      repoTags: [`${tag}:${index}`],
    }));
    const facts = await (await open(await serve(both, { ListImages: () => ({ images }) }))).facts();
    expect(facts.images).toHaveLength(20_000);
    expect(facts.images.at(-1)?.tags).toEqual([`${tag}:19999`]);
  });

  it('is all or nothing, and names every call that failed', async () => {
    const server = await serve(both, {
      ListImages: fail(status.UNKNOWN, 'image store is broken'),
      ListContainers: fail(status.UNKNOWN, 'metadata is locked'),
    });
    const error: unknown = await (await open(server)).facts().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'failed',
      message: expect.stringContaining('ListImages: image store is broken'),
    });
    expect(error).toMatchObject({ message: expect.stringContaining('ListContainers: metadata is locked') });
  });
});

describe('container', () => {
  const told = (reply: object) => async () => {
    const cri = await open(await serve(both, { ContainerStatus: () => reply }));
    return cri.container('c1');
  };
  const RUNNING = { state: 'CONTAINER_RUNNING', logPath: '/var/log/pods/x/probe/0.log' };

  it('has the pid that the runtime tells, and none where it tells none', async () => {
    const running = { running: true, logPath: '/var/log/pods/x/probe/0.log' };
    const info = { info: '{"pid": 2717, "sandboxID": "s1"}' };
    expect(await told({ status: RUNNING, info })()).toEqual({ ...running, pid: 2717 });
    for (const odd of [{}, { info: '{"pid": 0}' }, { info: 'no JSON' }])
      expect(await told({ status: RUNNING, info: odd })()).toEqual({ ...running, pid: undefined });
    expect(await told({ status: { ...RUNNING, state: 'CONTAINER_EXITED' } })()).toMatchObject({ running: false });
  });

  it('is undefined where there is none', async () => {
    const cri = await open(await serve(both, { ContainerStatus: fail(status.NOT_FOUND, 'no such container') }));
    expect(await cri.container('c1')).toBeUndefined();
  });
});

describe('runPod', () => {
  const request = {
    name: 'probe',
    namespace: 'kube-system',
    uid: 'u-1',
    logDirectory: '/var/log/pods/x',
    hostNetwork: false,
    cgroupParent: '/kubepods',
  };

  /** A runtime with one sandbox at most, which can be made to fail anywhere. */
  const runtime = (over: Readonly<Record<string, FakeCriHandler>> = {}) => {
    const state = { sandboxes: [] as string[], asked: {} as Record<string, Record<string, unknown>> };
    const noted =
      (name: string, reply: FakeCriHandler): FakeCriHandler =>
      (request) => {
        state.asked[name] = request;
        return reply(request);
      };
    const handlers: Record<string, FakeCriHandler> = {
      ImageStatus: () => ({ image: { id: 'sha256:1' } }),
      RunPodSandbox: noted('RunPodSandbox', () => {
        state.sandboxes.push('s1');
        return { podSandboxId: 's1' };
      }),
      CreateContainer: noted('CreateContainer', () => ({ containerId: 'c1' })),
      StartContainer: () => ({}),
      ContainerStatus: () => ({ status: { state: 'CONTAINER_RUNNING' } }),
      PodSandboxStatus: () => ({ status: { network: { ip: '10.0.0.7' } } }),
      ListPodSandbox: noted('ListPodSandbox', () => ({ items: state.sandboxes.map((id) => ({ id, metadata: {} })) })),
      StopPodSandbox: () => ({}),
      RemovePodSandbox: () => {
        state.sandboxes.pop();
        return {};
      },
      ...over,
    };
    return { state, handlers };
  };

  it('runs a container in a sandbox of its own network', async () => {
    const { state, handlers } = runtime();
    const cri = await open(await serve(both, handlers));
    const pod = await cri.runPod(request, 'pause:1');
    expect(pod).toEqual({ sandboxId: 's1', containerId: 'c1', ip: '10.0.0.7', milliseconds: expect.any(Number) });
    const config = {
      metadata: { name: 'probe', namespace: 'kube-system', uid: 'u-1', attempt: 0 },
      hostname: 'probe',
      logDirectory: '/var/log/pods/x',
      dnsConfig: null,
      linux: {
        cgroupParent: '/kubepods',
        securityContext: { namespaceOptions: { network: 'POD', pid: 'CONTAINER', ipc: 'POD' } },
      },
    };
    expect(state.asked['RunPodSandbox']).toMatchObject({ config });
    expect(state.asked['CreateContainer']).toMatchObject({
      podSandboxId: 's1',
      sandboxConfig: config,
      config: {
        image: { image: 'pause:1' },
        command: [],
        args: [],
        linux: { securityContext: { namespaceOptions: { network: 'POD', pid: 'CONTAINER' } } },
      },
    });
  });

  it('asks for what a kubelet asks for: no requests, masked paths, a log, the pod’s DNS and seccomp where they are said', async () => {
    const { state, handlers } = runtime();
    const cri = await open(await serve(both, handlers));
    const dns = { servers: ['10.96.0.10'], searches: ['svc.cluster.local'], options: ['ndots:5'] };
    await cri.runPod({ ...request, dns, seccomp: 'runtime-default' }, 'pause:1');
    expect(state.asked['RunPodSandbox']).toMatchObject({ config: { dnsConfig: dns } });
    expect(state.asked['CreateContainer']).toMatchObject({
      config: {
        logPath: 'probe/0.log',
        linux: {
          resources: { cpuShares: 2, oomScoreAdj: 1000 },
          securityContext: {
            seccompProfilePath: 'runtime/default',
            seccomp: { profileType: 'RuntimeDefault' },
            maskedPaths: expect.arrayContaining(['/proc/kcore', '/sys/firmware']),
            readonlyPaths: expect.arrayContaining(['/proc/sys']),
          },
        },
      },
    });
    await cri.runPod({ ...request, logDirectory: '' }, 'pause:1');
    expect(state.asked['CreateContainer']).toMatchObject({
      config: { logPath: '', linux: { securityContext: { seccompProfilePath: '', seccomp: null } } },
    });
  });

  it('uses the host’s network when it is to', async () => {
    const { state, handlers } = runtime({ PodSandboxStatus: () => ({ status: {} }) });
    const pod = await (await open(await serve(both, handlers))).runPod({ ...request, hostNetwork: true }, 'pause:1');
    expect(pod.ip).toBe('');
    expect(state.asked['RunPodSandbox']).toMatchObject({
      config: { hostname: '', linux: { securityContext: { namespaceOptions: { network: 'NODE' } } } },
    });
  });

  it('does not pull, and begins nothing without the image', async () => {
    const { handlers } = runtime({ ImageStatus: () => ({ image: null }), PullImage: () => ({ imageRef: 'x' }) });
    const server = await serve(both, handlers);
    await expect((await open(server)).runPod(request, 'pause:1')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('image pause:1 is not there'),
    });
    expect(server.calls).not.toContain('runtime.v1 RunPodSandbox');
    expect(server.calls).not.toContain('runtime.v1 PullImage');
  });

  it.each<[string, Readonly<Record<string, FakeCriHandler>>, RegExp]>([
    [
      'CreateContainer',
      { CreateContainer: fail(status.UNKNOWN, 'no such snapshot') },
      /CreateContainer: no such snapshot$/,
    ],
    [
      'StartContainer',
      { StartContainer: fail(status.UNKNOWN, 'exec format error') },
      /StartContainer: exec format error$/,
    ],
    [
      'the container',
      {
        ContainerStatus: () => ({
          status: { state: 'CONTAINER_EXITED', exitCode: 139, reason: 'Error', message: 'segfault' },
        }),
      },
      /container c1 ended at once with exit code 139 \(Error: segfault\)$/,
    ],
    [
      'the start',
      { ContainerStatus: () => ({ status: { state: 'CONTAINER_CREATED' } }) },
      /container c1 does not run after 1 s: it is CONTAINER_CREATED$/,
    ],
    ['PodSandboxStatus', { PodSandboxStatus: fail(status.UNKNOWN, 'no status') }, /PodSandboxStatus: no status$/],
  ])('takes the sandbox away and keeps the runtime’s words when %s fails', async (_what, over, message) => {
    const { state, handlers } = runtime(over);
    const cri = await open(await serve(both, handlers));
    await expect(cri.runPod(request, 'pause:1')).rejects.toMatchObject({ message: expect.stringMatching(message) });
    expect(state.sandboxes).toEqual([]);
    expect(state.asked['ListPodSandbox']).toMatchObject({
      filter: { labelSelector: { 'io.kubernetes.pod.uid': 'u-1' } },
    });
  });

  it('takes away what a failed RunPodSandbox left', async () => {
    const { state, handlers } = runtime();
    const failing = {
      ...handlers,
      RunPodSandbox: () => {
        state.sandboxes.push('half');
        return Promise.reject({ code: status.UNKNOWN, details: 'failed to setup network for sandbox' });
      },
    };
    const cri = await open(await serve(both, failing));
    await expect(cri.runPod(request, 'pause:1')).rejects.toMatchObject({
      message: expect.stringContaining('failed to setup network'),
    });
    expect(state.sandboxes).toEqual([]);
  });

  it('says so when what it left cannot be taken away', async () => {
    const { handlers } = runtime({
      StartContainer: fail(status.UNKNOWN, 'exec format error'),
      StopPodSandbox: fail(status.PERMISSION_DENIED, 'not yours'),
    });
    const cri = await open(await serve(both, handlers));
    await expect(cri.runPod(request, 'pause:1')).rejects.toMatchObject({
      message: expect.stringMatching(/exec format error; and what it left could not be removed: .*not yours/),
      hint: expect.stringContaining('crictl pods --name probe'),
    });
  });
});

describe('removeSandbox', () => {
  const inOrder = (calls: readonly string[]) =>
    calls.filter((call) => call.endsWith('PodSandbox')).map((call) => call.split(' ')[1]);

  it('stops before it removes, and again while the runtime calls it running', async () => {
    let refusals = 2;
    const server = await serve(both, {
      StopPodSandbox: () => ({}),
      RemovePodSandbox: () =>
        refusals-- > 0
          ? Promise.reject({ code: status.UNKNOWN, details: 'sandbox container "s1" is not fully stopped' })
          : {},
    });
    await (await open(server)).removeSandbox('s1');
    expect(inOrder(server.calls)).toEqual(
      Array.from({ length: 3 }, () => ['StopPodSandbox', 'RemovePodSandbox']).flat(),
    );
  });

  it.each([
    ['StopPodSandbox', { StopPodSandbox: fail(status.NOT_FOUND, 'gone'), RemovePodSandbox: () => ({}) }],
    ['RemovePodSandbox', { StopPodSandbox: () => ({}), RemovePodSandbox: fail(status.NOT_FOUND, 'gone') }],
  ])('is content when %s finds it gone', async (_call, handlers) => {
    await expect((await open(await serve(both, handlers))).removeSandbox('s1')).resolves.toBeUndefined();
  });

  it('does not remove what could not be stopped, and gives up at its deadline with the reason', async () => {
    const server = await serve(both, {
      StopPodSandbox: fail(status.UNKNOWN, 'CNI DEL failed'),
      RemovePodSandbox: () => ({}),
    });
    const cri = await open(server);
    const began = Date.now();
    // The first look at the clock sets the deadline, into the past.
    vi.spyOn(Date, 'now').mockImplementationOnce(() => began - 70_000);
    await expect(cri.removeSandbox('s1')).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('CNI DEL failed'),
    });
    vi.restoreAllMocks();
    expect(server.calls).not.toContain('runtime.v1 RemovePodSandbox');
  });

  it('does not wait for a runtime that is away', async () => {
    const server = await serve(both);
    const cri = await open(server);
    await server.stop();
    await expect(cri.removeSandbox('s1')).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe('removeImage', () => {
  it('removes by name, and is content when there is none', async () => {
    let asked: unknown;
    const server = await serve(both, {
      RemoveImage: (request) => {
        asked = request['image'];
        return {};
      },
    });
    await (await open(server)).removeImage('web:1');
    expect(asked).toMatchObject({ image: 'web:1' });
    const without = await serve(both, { RemoveImage: fail(status.NOT_FOUND, 'no such image') });
    await expect((await open(without)).removeImage('web:1')).resolves.toBeUndefined();
    const busy = await serve(both, { RemoveImage: fail(status.UNKNOWN, 'image is in use') });
    await expect((await open(busy)).removeImage('web:1')).rejects.toMatchObject({
      message: expect.stringContaining('image is in use'),
    });
  });
});

describe('the connection', () => {
  it('tells a socket that is not there', async () => {
    await expect(criClient('/nowhere/cri.sock', 'unix:///nowhere/cri.sock')).rejects.toMatchObject({
      code: 'unreachable',
      message: 'the CRI at unix:///nowhere/cri.sock: the socket does not exist',
    });
  });

  it('has a deadline for every call', async () => {
    const server = await serve(both, { ListImages: never });
    const connection = await criConnection(server.socketPath, server.endpoint);
    endings.push(() => connection.close());
    await expect(connection.call('ImageService/ListImages', {}, 100)).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('ListImages: no answer within 0.1 s'),
    });
  });

  it('gives up what is under way when it is closed', async () => {
    let arrived: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (arrived = resolve));
    const server = await serve(both, {
      ListImages: () => {
        arrived();
        return never();
      },
    });
    const cri = await criClient(server.socketPath, server.endpoint);
    const outcome = cri.facts().catch((error: unknown) => error);
    await asked;
    await cri.close();
    expect(await outcome).toMatchObject({ code: 'interrupted' });
  });
});
