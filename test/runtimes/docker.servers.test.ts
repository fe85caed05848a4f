import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerClient } from '../../src/runtimes/docker.js';
import type { DockerContainer } from '../../src/core/inventory.js';
import type { DockerApi } from '../../src/core/ports.js';
import { type DockerdServer, startDockerd } from '../servers/dockerd.js';
import { serversAvailable } from '../servers/servers-available.js';

const available = serversAvailable();
const title = available.ok ? '' : ` (skipped: ${available.why})`;

const UID = '6f0f3a7e-56d1-4c0e-9a38-0d2f0a1c7b11';
const podLabels = (type: string, container: string): readonly string[] =>
  Object.entries({
    'io.kubernetes.docker.type': type,
    'io.kubernetes.container.name': container,
    'io.kubernetes.pod.name': 'web',
    'io.kubernetes.pod.namespace': 'shop',
    'io.kubernetes.pod.uid': UID,
  }).flatMap(([key, value]) => ['--label', `${key}=${value}`]);

describe.skipIf(!available.ok)(`dockerd${title}`, { timeout: 60_000 }, () => {
  let server: DockerdServer;
  let docker: DockerApi;
  beforeAll(async () => {
    server = await startDockerd({
      daemonJson: {
        'registry-mirrors': ['https://mirror.example.com'],
        'insecure-registries': ['reg.example.com:5000', '10.1.0.0/16'],
      },
    });
    docker = await dockerClient(server.socketPath);
  }, 60_000);
  afterAll(async () => {
    await docker?.close();
    await server?.stop();
  }, 60_000);

  const run = async (name: string, ...args: readonly string[]): Promise<string> =>
    (await server.docker('run', '--detach', '--network', 'none', '--name', name, ...args, server.image)).trim();
  const find = async (id: string): Promise<DockerContainer | undefined> =>
    (await docker.containers()).find((container) => container.id === id);

  it('tells of itself', async () => {
    await server.docker('volume', 'create', 'kept');
    expect(await docker.facts()).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+/),
      apiVersion: expect.stringMatching(/^1\.\d\d$/),
      rootDir: server.dataRoot,
      storageDriver: 'vfs',
      cgroupDriver: expect.stringMatching(/^(cgroupfs|systemd)$/),
      loggingDriver: 'json-file',
      defaultRuntime: 'tested',
      runtimes: { tested: `${server.directory}/runc` },
      swarmState: 'inactive',
      liveRestore: false,
      registryMirrors: ['https://mirror.example.com/'],
      insecureRegistries: expect.arrayContaining(['127.0.0.0/8', '10.1.0.0/16', 'reg.example.com:5000']),
      volumes: ['kept'],
    });
  });

  it('tells of its images and their layers', async () => {
    const images = await docker.images();
    expect(images).toEqual([
      {
        id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
        tags: [server.image],
        digests: [],
        sizeBytes: expect.any(Number),
      },
    ]);
    expect(images[0]?.sizeBytes).toBeGreaterThan(500_000);
    expect(await docker.layers(images[0]?.id ?? '')).toEqual([expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
  });

  it('tells whose its containers are', async () => {
    const ids = {
      sandbox: await run(`k8s_POD_web_shop_${UID}_0`, ...podLabels('podsandbox', 'POD')),
      container: await run(`k8s_nginx_web_shop_${UID}_0`, ...podLabels('container', 'nginx')),
      copy: await run('copy', ...podLabels('container', 'nginx')),
      compose: await run('db', '--label', 'com.docker.compose.project=shop', '--restart', 'always'),
      plain: await run('mine'),
    };
    const pod = { namespace: 'shop', pod: 'web', podUid: UID };
    const containers = await docker.containers();
    const owners = Object.fromEntries(
      Object.entries(ids).map(([key, id]) => [key, containers.find((one) => one.id === id)?.owner]),
    );
    expect(owners).toEqual({
      sandbox: { kind: 'dockershim', role: 'sandbox', container: 'POD', ...pod },
      container: { kind: 'dockershim', role: 'container', container: 'nginx', ...pod },
      copy: { kind: 'kubernetes-other', why: expect.stringContaining('not named like one') },
      compose: { kind: 'compose', project: 'shop' },
      plain: { kind: 'plain' },
    });
    expect(containers.find((one) => one.id === ids.compose)).toMatchObject({
      name: 'db',
      image: server.image,
      imageId: expect.stringMatching(/^sha256:/),
      command: expect.stringMatching(/^\/bin\/sh -c /),
      state: 'running',
      startedAt: expect.stringMatching(/^20\d\d-/),
      restartPolicy: 'always',
      pid: expect.any(Number),
    });
    for (const id of Object.values(ids)) await docker.removeContainer(id);
    expect(await docker.containers()).toEqual([]);
  });

  it('stops, starts, kills and removes, each also a second time', async () => {
    const id = await run('cycle');
    await docker.stop(id, 0);
    expect(await find(id)).toMatchObject({ state: 'exited', pid: 0 });
    await docker.stop(id, 0);
    await docker.kill(id);
    await docker.start(id);
    expect(await find(id)).toMatchObject({ state: 'running' });
    await docker.start(id);
    await docker.kill(id);
    expect(await find(id)).toMatchObject({ state: 'exited' });
    await docker.kill(id);
    await docker.removeContainer(id);
    expect(await find(id)).toBeUndefined();
    await docker.removeContainer(id);
    await docker.kill(id);
    await docker.stop(id, 0);
    await expect(docker.start(id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('gives the process its grace period and no more', async () => {
    // A shell as the first process ignores TERM.
    const id = await run('stubborn');
    const began = performance.now();
    await docker.stop(id, 1);
    expect(performance.now() - began).toBeGreaterThan(950);
    expect(await find(id)).toMatchObject({ state: 'exited' });
    await docker.removeContainer(id);
  });

  it('keeps the volumes of what it removes', async () => {
    const id = await run('with-volume', '--volume', '/data');
    const [mount] = JSON.parse(await server.docker('inspect', '--format', '{{json .Mounts}}', id)) as {
      Name: string;
    }[];
    await docker.kill(id);
    await docker.removeContainer(id);
    expect((await docker.facts()).volumes).toContain(mount?.Name);
  });

  it('lists while containers come and go', async () => {
    const stays = await run('stays');
    let done = false;
    const churn = (async () => {
      for (let round = 0; round < 5; round++) {
        await server.docker('rm', '--force', await run(`passing-${round}`));
      }
      done = true;
    })();
    let lists = 0;
    while (!done) {
      expect((await docker.containers()).map((container) => container.id)).toContain(stays);
      lists++;
    }
    await churn;
    expect(lists).toBeGreaterThan(3);
    await docker.removeContainer(stays);
  });

  it('removes also when another removes at the same time', async () => {
    const id = await run('contested');
    await Promise.all([docker.removeContainer(id), docker.removeContainer(id), docker.removeContainer(id)]);
    expect(await find(id)).toBeUndefined();
  });
});
