import { MigrateError, messageOf } from '../../../src/core/errors.js';
import type { CriImage } from '../../../src/core/inventory.js';
import type { CriApi } from '../../../src/core/ports.js';
import { normaliseReference } from '../../../src/config/image-reference.js';
import type { CriDaemon, CriSettings } from './cri-daemon.js';
import { dockershimCri } from './dockershim-cri.js';
import type { Machine } from './machine.js';

/** A client of a CRI of the machine: containerd's, CRI-O's, or the one that a kubelet on dockershim serves itself. */
export function fakeCri(machine: Machine, endpoint: string): Promise<CriApi> {
  if (/\/dockershim\.sock$/.test(endpoint)) return Promise.resolve().then(() => dockershimCri(machine, endpoint));
  const isCrio = /\/crio\.sock$/.test(endpoint);
  const daemon = isCrio ? machine.crio : machine.containerd;
  const need = (): CriSettings => needed(machine, daemon, endpoint);
  const api: CriApi = {
    facts() {
      const { sandboxImage, systemdCgroup } = need();
      const config = {
        sandboxImage,
        containerd: { runtimes: { runc: { options: { SystemdCgroup: systemdCgroup } } } },
      };
      return Promise.resolve({
        api: 'runtime.v1' as const,
        runtimeName: isCrio ? 'cri-o' : 'containerd',
        runtimeVersion: isCrio ? '1.23.5' : '1.6.20',
        conditions: ['RuntimeReady', 'NetworkReady'].map((type) => ({ type, status: true, reason: '', message: '' })),
        // CRI-O of this age tells nothing.
        info: isCrio ? {} : { config: JSON.stringify(config) },
        sandboxes: [...daemon.sandboxes.values()],
        containers: [...daemon.containers.values()],
        images: imagesOf(daemon),
        imageFilesystems: isCrio ? [{ mountPoint: '/var/lib/containers/storage/overlay-images', usedBytes: 4096 }] : [],
      });
    },
    container(id) {
      const found = daemon.containers.get(id);
      if (found === undefined) return Promise.resolve(undefined);
      return Promise.resolve({ running: found.state === 'running', pid: found.pid, logPath: '' });
    },
    async runPod(request, image) {
      need();
      await machine.clock.sleep(400);
      try {
        const sandbox = daemon.runSandbox(request);
        const log = request.logDirectory === '' ? '' : `${request.logDirectory}/probe/0.log`;
        const containerId = daemon.runContainer(sandbox.id, 'probe', image, log);
        return { sandboxId: sandbox.id, containerId, ip: sandbox.ip, milliseconds: 400 };
      } catch (error) {
        throw new MigrateError('failed', `${endpoint}: ${messageOf(error)}`);
      }
    },
    async removeSandbox(id) {
      need();
      await machine.clock.sleep(120);
      daemon.stopSandbox(id);
      daemon.removeSandbox(id);
    },
    async pullImage(ref) {
      need();
      await machine.clock.sleep(800);
      // Docker pulled it from somewhere, which is still there.
      const found = [...machine.docker.images.values()].find(
        ({ tags, digests }) => digests.length > 0 && [...tags, ...digests].map(normaliseReference).includes(ref),
      );
      if (found === undefined) throw new MigrateError('failed', `${endpoint}: PullImage: ${ref}: no such host`);
      daemon.images.set(ref, found.id);
    },
    async removeImage(ref) {
      need();
      const id = daemon.images.get(normaliseReference(ref));
      if (!isCrio) {
        // containerd takes the image away under all its names, not the one that was said.
        for (const [name, one] of [...daemon.images]) if (one === id) daemon.images.delete(name);
        return;
      }
      const [user] = daemon.sandboxes.keys();
      if (id !== undefined && user !== undefined) throw new MigrateError('failed', `${ref} is in use by ${user}`);
      daemon.images.delete(normaliseReference(ref));
    },
    close: () => Promise.resolve(),
  };
  return new Promise((resolve) => {
    need();
    resolve(api);
  });
}

function imagesOf({ images }: CriDaemon): CriImage[] {
  const isDigest = (name: string): boolean => name.includes('@');
  return [...new Set(images.values())].map((id) => {
    const names = [...images].filter(([, one]) => one === id).map(([name]) => name);
    return { id, tags: names.filter((name) => !isDigest(name)), digests: names.filter(isDigest), sizeBytes: 1 };
  });
}

function needed(machine: Machine, { settings }: CriDaemon, endpoint: string): CriSettings {
  if (settings === undefined || !/\/(?:containerd|crio)\.sock$/.test(endpoint)) {
    throw new MigrateError('unreachable', `nobody answers on ${endpoint} of ${machine.name}`);
  }
  if (settings.criDisabled) {
    throw new MigrateError('failed', `${endpoint}: unknown service runtime.v1.RuntimeService`);
  }
  return settings;
}
