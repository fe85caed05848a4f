import { existsSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { criClient } from '../../src/runtimes/cri.js';
import { criMethods } from '../../src/runtimes/cri-methods.js';
import type { CriApi, SandboxRequest } from '../../src/core/ports.js';
import { mustRun } from '../lab/must-run.js';
import { waitFor } from '../lab/wait-for.js';
import { type ContainerdServer, startContainerd } from '../servers/containerd.js';
import { serversAvailable } from '../servers/servers-available.js';
import { tinyImage } from '../servers/tiny-image.js';

const available = serversAvailable();
const title = available.ok ? '' : ` (skipped: ${available.why})`;

describe.skipIf(!available.ok)(`containerd with its CRI${title}`, { timeout: 60_000 }, () => {
  let server: ContainerdServer;
  let cri: CriApi;
  beforeAll(async () => {
    server = await startContainerd({ cri: true });
    cri = await criClient(server.socketPath, server.endpoint);
  }, 60_000);
  afterAll(async () => {
    await cri?.close();
    await server?.stop();
  }, 60_000);

  const request = (over: Partial<SandboxRequest> = {}): SandboxRequest => ({
    name: 'probe',
    namespace: 'kube-system',
    uid: 'probe-uid',
    logDirectory: path.join(server.directory, 'logs'),
    hostNetwork: false,
    cgroupParent: '',
    ...over,
  });
  const leases = (): readonly string[] =>
    existsSync(server.leaseDirectory) ? readdirSync(server.leaseDirectory).filter((name) => /^\d/.test(name)) : [];
  const nothingLeft = async (): Promise<void> => {
    const { sandboxes, containers } = await cri.facts();
    expect({ sandboxes, containers, leases: leases() }).toEqual({ sandboxes: [], containers: [], leases: [] });
  };
  const load = async (name: string, entrypoint: readonly string[]): Promise<string> => {
    await server.ctr('images', 'import', await tinyImage(server.directory, name, { entrypoint }));
    await waitFor(
      `the CRI to know ${name}`,
      10_000,
      async () => (await cri.facts()).images.some((image) => image.tags.includes(name)),
      20,
    );
    return name;
  };

  it('tells of itself', async () => {
    const facts = await cri.facts();
    expect(facts).toMatchObject({
      api: 'runtime.v1',
      runtimeName: 'containerd',
      runtimeVersion: expect.stringMatching(/^v?[1-9]\.\d+/),
    });
    expect(facts.conditions).toEqual(
      expect.arrayContaining([
        { type: 'RuntimeReady', status: true, reason: '', message: '' },
        { type: 'NetworkReady', status: true, reason: '', message: '' },
      ]),
    );
    expect(JSON.parse(facts.info['config'] ?? '')).toMatchObject({ sandboxImage: server.sandboxImage });
    expect(facts.imageFilesystems.map((filesystem) => filesystem.mountPoint)).toEqual([
      expect.stringContaining(server.directory),
    ]);
    const [image] = facts.images;
    expect(image).toMatchObject({ id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), tags: [server.sandboxImage] });
    expect(image?.sizeBytes).toBeGreaterThan(500_000);
  });

  it.each(['runtime.v1', 'runtime.v1alpha2'] as const)('is asked the same way over %s', async (api) => {
    const client = new Client(`unix:${server.socketPath}`, credentials.createInsecure(), {
      'grpc.default_authority': 'localhost',
    });
    const call = (method: string, body: object): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const { path: method_, requestSerialize, responseDeserialize } = criMethods(api)(method);
        client.makeUnaryRequest(method_, requestSerialize, responseDeserialize, body, (error, reply) =>
          error ? reject(error) : resolve(reply),
        );
      });
    try {
      expect(await call('ImageService/ImageStatus', { image: { image: server.sandboxImage } })).toMatchObject({
        image: { repoTags: [server.sandboxImage], size: (await cri.facts()).images[0]?.sizeBytes },
      });
      expect(await call('RuntimeService/Version', {})).toMatchObject({
        version: '0.1.0',
        runtimeName: 'containerd',
        runtimeApiVersion: api.slice('runtime.'.length),
      });
    } finally {
      client.close();
    }
  });

  it('runs a pod with an address of the network, and gives the address back', async () => {
    const pod = await cri.runPod(request(), server.sandboxImage);
    expect(pod.ip).toMatch(/^10\.213\.0\.\d+$/);
    expect(pod.milliseconds).toBeGreaterThan(0);
    expect(leases()).toEqual([pod.ip]);
    const { sandboxes, containers } = await cri.facts();
    expect(sandboxes).toEqual([
      { id: pod.sandboxId, name: 'probe', namespace: 'kube-system', uid: 'probe-uid', ready: true },
    ]);
    expect(containers).toEqual([
      { id: expect.any(String), sandboxId: pod.sandboxId, name: 'probe', attempt: 0, state: 'running' },
    ]);
    await cri.removeSandbox(pod.sandboxId);
    await nothingLeft();
    await cri.removeSandbox(pod.sandboxId);
  });

  it('runs a pod in the host’s network and cgroup of choice', async () => {
    const pod = await cri.runPod(
      request({ hostNetwork: true, cgroupParent: `/test-${process.pid}` }),
      server.sandboxImage,
    );
    try {
      expect(pod.ip).toBe('');
      expect(leases()).toEqual([]);
      const tasks = await server.ctr('tasks', 'list');
      const pid = new RegExp(`${pod.sandboxId}\\s+(\\d+)`).exec(tasks)?.[1];
      expect(readFileSync(`/proc/${pid}/cgroup`, 'utf8')).toContain(`/test-${process.pid}/${pod.sandboxId}`);
    } finally {
      await cri.removeSandbox(pod.sandboxId);
      const made = ['/sys/fs/cgroup', '-depth', '-maxdepth', '2', '-type', 'd', '-name', `test-${process.pid}`];
      await mustRun(['find', ...made, '-exec', 'rmdir', '{}', '+']);
    }
    await nothingLeft();
  });

  it('pulls nothing', async () => {
    await expect(cri.runPod(request(), 'registry.test/absent:1')).rejects.toMatchObject({ code: 'not-found' });
    await nothingLeft();
  });

  it('leaves nothing behind when the container cannot start, and says what the runtime said', async () => {
    const broken = await load('registry.test/broken:1', ['/bin/not-there']);
    await expect(cri.runPod(request(), broken)).rejects.toMatchObject({
      code: 'failed',
      message: expect.stringContaining('/bin/not-there'),
    });
    await nothingLeft();
  });

  it('says what the network plugin said, and removes what was left once it is mended', async () => {
    const file = path.join(server.directory, 'cni/00-broken.conflist');
    const broken = { cniVersion: '0.4.0', name: 'broken', plugins: [{ type: 'not-a-plugin' }] };
    writeFileSync(file, JSON.stringify(broken));
    await waitFor('the CRI to take the broken network', 10_000, async () => {
      return (await cri.facts()).info['cniconfig']?.includes('not-a-plugin');
    });
    await expect(cri.runPod(request(), server.sandboxImage)).rejects.toMatchObject({
      message: expect.stringContaining('not-a-plugin'),
    });
    // What is left holds on to its network: containerd gives it up when the plugin can take it back.
    unlinkSync(file);
    await waitFor('the CRI to take the good network', 10_000, async () => {
      return (await cri.facts()).info['cniconfig']?.includes('not-a-plugin') === false;
    });
    for (const { id } of (await cri.facts()).sandboxes) await cri.removeSandbox(id);
    await nothingLeft();
  });

  it('removes an image, once and again', async () => {
    const name = await load('registry.test/extra:1', ['/bin/true']);
    await cri.removeImage(name);
    expect((await cri.facts()).images.flatMap((image) => image.tags)).not.toContain(name);
    await expect(cri.removeImage(name)).resolves.toBeUndefined();
  });
});

describe.skipIf(!available.ok)(`containerd without its CRI${title}`, { timeout: 60_000 }, () => {
  it('is an error that names the plugin', async () => {
    const server = await startContainerd({ cri: false });
    try {
      await expect(criClient(server.socketPath, server.endpoint)).rejects.toMatchObject({
        code: 'failed',
        hint: expect.stringContaining('CRI plugin is disabled'),
      });
    } finally {
      await server.stop();
    }
  });
});
