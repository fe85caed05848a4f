import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { dockerClient } from '../../src/runtimes/docker.js';
import type { DockerApi } from '../../src/core/ports.js';
import { CONTAINER_ID, containerReply, dockerAnswers } from './docker-fixtures.js';
import { type FakeDocker, type FakeDockerOptions, fakeDocker } from './fake-docker.js';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const end of endings.splice(0).reverse()) await end();
});

const serve = async (options: Partial<FakeDockerOptions> = {}): Promise<FakeDocker> => {
  const server = await fakeDocker({
    version: { Version: '20.10.24', ApiVersion: '1.41', MinAPIVersion: '1.12' },
    from: '1.12',
    to: '1.41',
    ...options,
  });
  endings.push(() => server.stop());
  return server;
};

const open = async (socketPath: string): Promise<DockerApi> => {
  const client = await dockerClient(socketPath);
  endings.push(() => client.close());
  return client;
};

describe('the API version', () => {
  it.each([
    {
      engine: 'Docker 1.12, which names no minimum',
      version: { Version: '1.12.6', ApiVersion: '1.24' },
      from: '1.12',
      to: '1.24',
      spoken: '1.24',
      answers: dockerAnswers.of1_24,
    },
    {
      engine: 'Engine 20.10',
      version: { Version: '20.10.24', ApiVersion: '1.41', MinAPIVersion: '1.12' },
      from: '1.12',
      to: '1.41',
      spoken: '1.41',
      answers: dockerAnswers.of1_24,
    },
    {
      engine: 'Engine 29.0, which speaks nothing old',
      version: { Version: '29.0.0', ApiVersion: '1.52', MinAPIVersion: '1.44' },
      from: '1.44',
      to: '1.52',
      spoken: '1.52',
      answers: dockerAnswers.of1_52,
    },
    {
      engine: 'an engine newer than the toolkit',
      version: { Version: '31.0.0', ApiVersion: '1.60', MinAPIVersion: '1.44' },
      from: '1.44',
      to: '1.60',
      spoken: '1.52',
      answers: dockerAnswers.of1_52,
    },
  ])('is $spoken with $engine', async ({ version, from, to, spoken, answers }) => {
    const server = await serve({ version, from, to, routes: answers });
    const docker = await open(server.socketPath);
    const facts = await docker.facts();
    expect(facts).toMatchObject({ version: version.Version, apiVersion: spoken });
    const [first, ...rest] = server.requests;
    expect(first).toBe('GET /version');
    expect(rest.length).toBeGreaterThanOrEqual(5);
    for (const request of rest) expect(request).toContain(` /v${spoken}/`);
  });
});

describe('facts', () => {
  it('reads an engine of API 1.24, which writes null for nothing', async () => {
    const server = await serve({
      version: { Version: '1.12.6', ApiVersion: '1.24' },
      to: '1.24',
      routes: dockerAnswers.of1_24,
    });
    const docker = await open(server.socketPath);
    expect(await docker.facts()).toEqual({
      version: '1.12.6',
      apiVersion: '1.24',
      rootDir: '/var/lib/docker',
      storageDriver: 'devicemapper',
      cgroupDriver: 'cgroupfs',
      cgroupVersion: 1,
      loggingDriver: 'json-file',
      liveRestore: false,
      defaultRuntime: 'runc',
      runtimes: { runc: 'docker-runc' },
      swarmState: 'inactive',
      securityOptions: [],
      registryMirrors: [],
      insecureRegistries: ['127.0.0.0/8'],
      containerdAddress: '',
      containers: [
        {
          id: CONTAINER_ID,
          name: 'web',
          image: 'web:1',
          imageId: `sha256:${'a'.repeat(64)}`,
          command: '/bin/server',
          state: 'running',
          startedAt: '2021-03-04T05:06:07.8Z',
          restartPolicy: 'no',
          pid: 4711,
          owner: { kind: 'plain' },
          labels: {},
        },
      ],
      images: [
        { id: 'sha256:1', tags: [], digests: [], sizeBytes: 5 },
        { id: 'sha256:2', tags: ['web:1', 'web:2'], digests: [], sizeBytes: 7 },
      ],
      volumes: [],
    });
  });

  it('reads an engine of API 1.52', async () => {
    const server = await serve({
      version: { Version: '29.0.0', ApiVersion: '1.52', MinAPIVersion: '1.44' },
      from: '1.44',
      to: '1.52',
      routes: dockerAnswers.of1_52,
    });
    const docker = await open(server.socketPath);
    expect(await docker.facts()).toMatchObject({
      cgroupVersion: 2,
      liveRestore: true,
      swarmState: 'active',
      runtimes: { runc: 'runc', 'io.containerd.runc.v2': 'runc' },
      registryMirrors: ['https://mirror.example.com/'],
      insecureRegistries: ['::1/128', '127.0.0.0/8', 'registry.example.com:5000'],
      containerdAddress: '/run/containerd/containerd.sock',
      images: [{ tags: ['web:1'], digests: ['web@sha256:9'] }],
      volumes: ['a', 'b'],
      containers: [{ command: '/bin/server --port 80', restartPolicy: 'always', labels: { tier: 'front' } }],
    });
  });

  it('fails where the answer is not of this API', async () => {
    const routes = { ...dockerAnswers.of1_52, 'GET /info': { json: { hello: 'world' } } };
    const docker = await open((await serve({ routes })).socketPath);
    await expect(docker.facts()).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('asking for its settings'),
    });
  });
});

describe('containers', () => {
  const ids = Array.from({ length: 40 }, (_, index) => index.toString(16).padStart(64, '0'));

  it('leaves out those that go away between the list and the look', async () => {
    const routes = Object.fromEntries(
      ids
        .filter((_, index) => index % 2 === 0)
        .map((Id) => [`GET /containers/${Id}/json`, { json: containerReply({ Id }) }]),
    );
    const server = await serve({ routes: { ...routes, 'GET /containers/json': { json: ids.map((Id) => ({ Id })) } } });
    const docker = await open(server.socketPath);
    const found = await docker.containers();
    expect(found.map((container) => container.id)).toEqual(ids.filter((_, index) => index % 2 === 0));
    expect(server.requests.find((request) => request.includes('/containers/json'))).toContain('all=true');
  });

  it('looks at a bounded number at a time', async () => {
    let now = 0;
    let most = 0;
    const routes = Object.fromEntries(
      ids.map((Id) => [
        `GET /containers/${Id}/json`,
        (reply: import('node:http').ServerResponse) => {
          most = Math.max(most, ++now);
          setImmediate(() => {
            now--;
            reply.end(JSON.stringify(containerReply({ Id })));
          });
        },
      ]),
    );
    const docker = await open(
      (await serve({ routes: { ...routes, 'GET /containers/json': { json: ids.map((Id) => ({ Id })) } } })).socketPath,
    );
    expect(await docker.containers()).toHaveLength(40);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('does not take any other failure for a container that is gone', async () => {
    const routes = {
      'GET /containers/json': { json: [{ Id: CONTAINER_ID }] },
      [`GET /containers/${CONTAINER_ID}/json`]: { status: 500, json: { message: 'driver is broken' } },
    };
    const docker = await open((await serve({ routes })).socketPath);
    await expect(docker.containers()).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('driver is broken'),
    });
  });
});

describe('images', () => {
  it('tells the layers of one', async () => {
    const routes = {
      'GET /images/sha256:1/json': { json: { RootFS: { Type: 'layers', Layers: ['sha256:a', 'sha256:b'] } } },
    };
    const docker = await open((await serve({ routes })).socketPath);
    expect(await docker.layers('sha256:1')).toEqual(['sha256:a', 'sha256:b']);
    await expect(docker.layers('sha256:2')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('what changes containers', () => {
  const one = `/containers/${CONTAINER_ID}`;
  const running = containerReply();
  const ended = containerReply({ State: { Status: 'exited', Running: false, StartedAt: '', Pid: 0 } });
  const refused = (status: number, message: string) => ({ status, json: { message } });

  it.each<{ name: string; verb: 'stop' | 'kill'; routes: FakeDockerOptions['routes'] }>([
    { name: 'stop: done', verb: 'stop', routes: { [`POST ${one}/stop`]: { status: 204 } } },
    {
      name: 'stop: was stopped',
      verb: 'stop',
      routes: { [`POST ${one}/stop`]: { status: 304 }, [`GET ${one}/json`]: { json: ended } },
    },
    { name: 'stop: gone', verb: 'stop', routes: {} },
    {
      name: 'stop: gone before its state was asked for',
      verb: 'stop',
      routes: { [`POST ${one}/stop`]: refused(500, 'dead') },
    },
    { name: 'kill: done', verb: 'kill', routes: { [`POST ${one}/kill`]: { status: 204 } } },
    { name: 'kill: gone', verb: 'kill', routes: {} },
    {
      name: 'kill: was not running, as new engines say it',
      verb: 'kill',
      routes: { [`POST ${one}/kill`]: refused(409, 'container is not running'), [`GET ${one}/json`]: { json: ended } },
    },
    {
      name: 'kill: was not running, as old engines say it',
      verb: 'kill',
      routes: { [`POST ${one}/kill`]: refused(500, 'container is not running'), [`GET ${one}/json`]: { json: ended } },
    },
  ])('succeeds when the container does not run: $name', async ({ verb, routes }) => {
    const server = await serve({ routes: routes ?? {} });
    const docker = await open(server.socketPath);
    await expect(verb === 'stop' ? docker.stop(CONTAINER_ID, 7) : docker.kill(CONTAINER_ID)).resolves.toBeUndefined();
    expect(server.requests.some((request) => request.startsWith(`POST /v1.41${one}/${verb}`))).toBe(true);
  });

  it.each(['stop', 'kill'] as const)('%s fails when the container runs on', async (verb) => {
    const routes = {
      [`POST ${one}/${verb}`]: refused(500, 'cannot signal it'),
      [`GET ${one}/json`]: { json: running },
    };
    const docker = await open((await serve({ routes })).socketPath);
    await expect(verb === 'stop' ? docker.stop(CONTAINER_ID, 7) : docker.kill(CONTAINER_ID)).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('cannot signal it'),
    });
  });

  it('hands the grace period over', async () => {
    const server = await serve({ routes: { [`POST ${one}/stop`]: { status: 204 } } });
    await (await open(server.socketPath)).stop(CONTAINER_ID, 7);
    expect(server.requests.at(-1)).toBe(`POST /v1.41${one}/stop?t=7`);
  });

  it('waits for a removal that somebody else began, and keeps volumes', async () => {
    const busy = refused(409, 'removal of container is already in progress');
    const server = await serve({ routes: { [`DELETE ${one}`]: [busy, busy, refused(404, 'No such container')] } });
    await (await open(server.socketPath)).removeContainer(CONTAINER_ID);
    const removals = server.requests.filter((request) => request.startsWith('DELETE'));
    expect(removals).toHaveLength(3);
    expect(removals[0]).toContain('v=false');
    expect(removals[0]).toContain('force=true');
  });

  it('starts, also what runs already, but not what is not there', async () => {
    const server = await serve({
      routes: { [`POST ${one}/start`]: [{ status: 204 }, { status: 304 }, refused(404, 'No such container')] },
    });
    const docker = await open(server.socketPath);
    await docker.start(CONTAINER_ID);
    await docker.start(CONTAINER_ID);
    await expect(docker.start(CONTAINER_ID)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the connection', () => {
  it('tells a socket that is not there from one that nobody listens on', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'sockets-'));
    try {
      const missing = path.join(directory, 'missing.sock');
      await expect(dockerClient(missing)).rejects.toMatchObject({
        code: 'unreachable',
        message: `Docker at ${missing}: the socket does not exist`,
      });
      const stale = path.join(directory, 'stale.sock');
      await staleSocket(stale);
      await expect(dockerClient(stale)).rejects.toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining('nobody listens'),
      });
      await expect(dockerClient(missing, 'w1:/run/docker.sock')).rejects.toMatchObject({
        message: expect.stringContaining('Docker at w1:/run/docker.sock:'),
      });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('goes to the socket whatever DOCKER_HOST says, and leaves DOCKER_HOST as it was', async () => {
    vi.stubEnv('DOCKER_HOST', 'tcp://192.0.2.1:2376');
    vi.stubEnv('DOCKER_CERT_PATH', '/nowhere');
    const server = await serve({ routes: dockerAnswers.of1_52 });
    expect((await (await open(server.socketPath)).facts()).rootDir).toBe('/data/docker');
    expect(process.env['DOCKER_HOST']).toBe('tcp://192.0.2.1:2376');
  });

  it.each([
    ['never comes', () => undefined],
    [
      'breaks off',
      (reply: import('node:http').ServerResponse) => {
        reply.writeHead(200, { 'Content-Length': '1000' });
        reply.write('[{"Id":', () => reply.destroy());
      },
    ],
  ])('has a deadline for an answer that %s', async (_name, answer) => {
    const server = await serve({ routes: { 'GET /images/json': answer } });
    const docker = await open(server.socketPath);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const outcome = docker.images().then(
      () => 'answered',
      (error: unknown) => error,
    );
    await vi.advanceTimersByTimeAsync(29_000);
    expect(await Promise.race([outcome, Promise.resolve('still waiting')])).toBe('still waiting');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await outcome).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('listing images: no answer within 30 s'),
    });
  });

  it('gives up what is under way when it is closed', async () => {
    let arrived: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (arrived = resolve));
    const server = await serve({ routes: { 'GET /images/json': () => arrived() } });
    const docker = await open(server.socketPath);
    const outcome = docker.images().catch((error: unknown) => error);
    await asked;
    await docker.close();
    expect(await outcome).toMatchObject({ code: 'interrupted' });
    await expect(docker.images()).rejects.toMatchObject({ code: 'bug' });
  });
});

/** A socket file whose server was killed. */
async function staleSocket(file: string): Promise<void> {
  const program = `require('net').createServer().listen(${JSON.stringify(file)}, () => process.kill(process.pid, 'SIGKILL'))`;
  await execa(process.execPath, ['-e', program], { reject: false });
}
