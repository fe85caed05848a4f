import { MigrateError, messageOf } from '../../../src/core/errors.js';
import type { CriApi } from '../../../src/core/ports.js';
import { normaliseReference } from '../../../src/config/image-reference.js';
import type { Machine } from './machine.js';

const CONTAINERD = /\/containerd\.sock$/;

/** A client of a CRI of the machine: containerd's, or the one that a kubelet on dockershim serves itself. */
export function fakeCri(machine: Machine, endpoint: string): Promise<CriApi> {
  const { containerd } = machine;
  const api: CriApi = {
    facts() {
      if (!CONTAINERD.test(endpoint)) return Promise.resolve(dockershimFacts);
      const { settings } = need(machine, endpoint);
      return Promise.resolve({
        api: 'runtime.v1' as const,
        runtimeName: 'containerd',
        runtimeVersion: '1.6.20',
        conditions: ['RuntimeReady', 'NetworkReady'].map((type) => ({ type, status: true, reason: '', message: '' })),
        info: {
          config: JSON.stringify({
            sandboxImage: settings.sandboxImage,
            containerd: { runtimes: { runc: { options: { SystemdCgroup: settings.systemdCgroup } } } },
          }),
        },
        sandboxes: [...containerd.sandboxes.values()],
        containers: [...containerd.containers.values()],
        images: [...new Set(containerd.images.values())].map((id) => {
          const names = [...containerd.images].filter(([, one]) => one === id).map(([name]) => name);
          const isDigest = (name: string): boolean => name.includes('@');
          const tags = names.filter((name) => !isDigest(name));
          return { id, tags, digests: names.filter(isDigest), sizeBytes: 1 };
        }),
        imageFilesystems: [],
      });
    },
    async runPod(request, image) {
      need(machine, endpoint);
      await machine.clock.sleep(400);
      try {
        const sandbox = containerd.runSandbox(request);
        containerd.runContainer(sandbox.id, 'probe', image, '');
        return { sandboxId: sandbox.id, ip: sandbox.ip, milliseconds: 400 };
      } catch (error) {
        throw new MigrateError('failed', `${endpoint}: ${messageOf(error)}`);
      }
    },
    async removeSandbox(id) {
      need(machine, endpoint);
      await machine.clock.sleep(120);
      containerd.stopSandbox(id);
      containerd.removeSandbox(id);
    },
    removeImage(ref) {
      need(machine, endpoint);
      // containerd takes the image away under all its names, not the one that was said.
      const id = containerd.images.get(normaliseReference(ref));
      for (const [name, one] of [...containerd.images]) if (one === id) containerd.images.delete(name);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return new Promise((resolve) => {
    need(machine, endpoint);
    resolve(api);
  });
}

function need(machine: Machine, endpoint: string): { settings: NonNullable<Machine['containerd']['settings']> } {
  const { settings } = machine.containerd;
  if (settings === undefined || !CONTAINERD.test(endpoint)) {
    if (!CONTAINERD.test(endpoint) && machine.files.entry('/run/dockershim.sock') !== undefined) return never();
    throw new MigrateError('unreachable', `nobody answers on ${endpoint} of ${machine.name}`);
  }
  if (settings.criDisabled) {
    throw new MigrateError('failed', `${endpoint}: unknown service runtime.v1.RuntimeService`);
  }
  return { settings };
}

/** Nobody asks dockershim for more than facts. */
const never = (): { settings: NonNullable<Machine['containerd']['settings']> } => ({
  settings: { sandboxImage: '', systemdCgroup: false, criDisabled: false },
});

const dockershimFacts = {
  api: 'runtime.v1alpha2' as const,
  runtimeName: 'docker',
  runtimeVersion: '20.10.24',
  conditions: [],
  info: {},
  sandboxes: [],
  containers: [],
  images: [],
  imageFilesystems: [],
};
