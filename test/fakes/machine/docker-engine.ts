import type { DockerContainer, DockerImage } from '../../../src/core/inventory.js';
import { containerOwner } from '../../../src/runtimes/container-owner.js';
import type { WorldClock } from '../world-clock.js';
import { fakeId } from './cni-network.js';
import type { MemoryFiles } from './memory-files.js';
import type { ProcessTable } from './process-table.js';
import type { RunningService } from './systemd.js';

export interface NewContainer {
  readonly name: string;
  readonly image: string;
  readonly command: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly restartPolicy?: string;
  /** How long its process takes to end when it is asked to; one without a handler for SIGTERM never does. */
  readonly endsAfterMs?: number;
}

type Container = DockerContainer & { readonly endsAfterMs: number | undefined; readonly shim: number };

/** A Docker Engine: what is on its disk outlives it, what runs ends with it. */
export interface DockerEngine {
  readonly running: boolean;
  readonly images: Map<string, DockerImage & { readonly layers: readonly string[] }>;
  serve(argv: readonly string[]): RunningService;
  powerOff(): void;
  create(container: NewContainer): string;
  start(id: string): void;
  /** Resolves when the process has ended, by itself or by force. */
  stop(id: string, graceSeconds: number): Promise<void>;
  kill(id: string): void;
  remove(id: string): void;
  containers(): readonly DockerContainer[];
  imageNamed(name: string): DockerImage | undefined;
}

export const CGROUP = '/system.slice/docker.service';
const SIGTERM = 15;

export function dockerEngine(files: MemoryFiles, processes: ProcessTable, clock: WorldClock): DockerEngine {
  const containers = new Map<string, Container>();
  const images: DockerEngine['images'] = new Map();
  let pid = 0;
  let made = 0;

  const get = (id: string): Container => {
    const found = containers.get(id) ?? [...containers.values()].find(({ name }) => name === id);
    if (found === undefined) throw new Error(`No such container: ${id}`);
    return found;
  };
  const change = (id: string, patch: Partial<Container>): void => void containers.set(id, { ...get(id), ...patch });

  const engine: DockerEngine = {
    get running() {
      return pid !== 0;
    },
    images,
    serve(argv) {
      pid = processes.start(argv, CGROUP);
      files.socket('/run/docker.sock');
      for (const { id, restartPolicy } of containers.values()) if (restartPolicy === 'always') engine.start(id);
      return {
        pid,
        stop: async () => {
          await Promise.all([...containers.keys()].map((id) => engine.stop(id, 10)));
          processes.end(pid);
          pid = 0;
        },
      };
    },
    powerOff() {
      pid = 0;
      for (const { id } of containers.values()) change(id, { state: 'exited', pid: 0, shim: 0 });
    },
    create({ name, image, command, labels = {}, restartPolicy = 'no', endsAfterMs }) {
      const imageId = engine.imageNamed(image)?.id;
      if (imageId === undefined) throw new Error(`No such image: ${image}`);
      const id = fakeId('docker', name, (made += 1));
      const ofProcess = { state: 'created', startedAt: '', pid: 0, shim: 0 };
      const owner = containerOwner(name, labels);
      containers.set(id, {
        id,
        name,
        image,
        imageId,
        command,
        restartPolicy,
        labels,
        owner,
        endsAfterMs,
        ...ofProcess,
      });
      return id;
    },
    start(id) {
      const container = get(id);
      if (container.state === 'running') return;
      const shim = ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'moby', '-id', container.id];
      change(container.id, {
        state: 'running',
        startedAt: clock.now().toISOString(),
        pid: processes.start(
          container.command.split(' '),
          `/docker/${container.id}`,
          container.endsAfterMs === undefined ? [] : [SIGTERM],
        ),
        shim: processes.start([...shim, '-address', '/run/containerd/containerd.sock'], CGROUP),
      });
    },
    async stop(id, graceSeconds) {
      const { state, endsAfterMs, pid: process } = get(id);
      if (state !== 'running') return;
      await clock.sleep(Math.min(endsAfterMs ?? Infinity, graceSeconds * 1000));
      if (containers.get(id)?.pid === process) engine.kill(id);
    },
    kill(id) {
      const container = get(id);
      processes.end(container.pid);
      processes.end(container.shim);
      change(container.id, { state: 'exited', pid: 0, shim: 0 });
    },
    remove(id) {
      if (get(id).state === 'running') engine.kill(id);
      containers.delete(get(id).id);
    },
    containers: () => [...containers.values()],
    imageNamed: (name) =>
      [...images.values()].find(
        ({ id, tags, digests }) => id === name || tags.includes(name) || digests.includes(name),
      ),
  };
  return engine;
}
