import { MigrateError } from '../../../src/core/errors.js';
import type { DockerApi } from '../../../src/core/ports.js';
import type { Machine } from './machine.js';

/** A client of the machine's Docker Engine. Connecting starts an engine whose socket systemd holds. */
export async function fakeDocker(machine: Machine): Promise<DockerApi> {
  const { docker, systemd, storageDriver, clock } = machine;
  if (!docker.running && systemd.status('docker.socket').activeState === 'active') {
    await systemd.start('docker.service').catch(() => undefined);
  }
  const need = (): void => {
    if (docker.running) return;
    throw new MigrateError('unreachable', `nobody listens on /run/docker.sock of ${machine.name}`);
  };
  need();
  const exists = (id: string): boolean => docker.containers().some((container) => container.id === id);
  return {
    facts: () => {
      need();
      return Promise.resolve({
        version: '20.10.24',
        apiVersion: '1.41',
        rootDir: '/var/lib/docker',
        storageDriver,
        cgroupDriver: 'cgroupfs',
        cgroupVersion: 1,
        loggingDriver: 'json-file',
        liveRestore: false,
        defaultRuntime: 'runc',
        runtimes: { runc: 'runc' },
        swarmState: 'inactive',
        securityOptions: ['name=seccomp,profile=default'],
        registryMirrors: [],
        insecureRegistries: ['127.0.0.0/8'],
        containerdAddress: '/run/containerd/containerd.sock',
        containers: docker.containers(),
        images: [...docker.images.values()],
        volumes: [],
      });
    },
    containers: () => {
      need();
      return Promise.resolve(docker.containers());
    },
    images: () => Promise.resolve([...docker.images.values()]),
    layers: (id) => Promise.resolve(docker.images.get(id)?.layers ?? []),
    stop: async (id, graceSeconds) => {
      need();
      if (exists(id)) await docker.stop(id, graceSeconds);
    },
    kill: async (id) => {
      need();
      await clock.sleep(40);
      if (exists(id)) docker.kill(id);
    },
    removeContainer: async (id) => {
      need();
      await clock.sleep(60);
      if (exists(id)) docker.remove(id);
    },
    start: async (id) => {
      need();
      await clock.sleep(100);
      docker.start(id);
    },
    close: () => Promise.resolve(),
  };
}
