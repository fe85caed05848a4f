import { parse } from 'smol-toml';
import { z } from 'zod';
import type { CriContainer, CriSandbox } from '../../../src/core/inventory.js';
import { normaliseReference } from '../../../src/config/image-reference.js';
import { fakeId, type CniNetwork } from './cni-network.js';
import type { MemoryFiles } from './memory-files.js';
import type { ProcessTable } from './process-table.js';
import type { RunningService } from './systemd.js';

export interface Sandbox extends CriSandbox {
  readonly ip: string;
  readonly pid: number;
}

interface Container extends CriContainer {
  readonly pid: number;
}

export interface NewSandbox {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly hostNetwork: boolean;
}

/** What the running process took from its configuration when it started. */
export interface ContainerdSettings {
  readonly sandboxImage: string;
  readonly systemdCgroup: boolean;
  readonly criDisabled: boolean;
}

/** A containerd with its CRI. Its containers outlive it, and end with the machine. */
export interface ContainerdDaemon {
  /** Undefined while it does not run. */
  readonly settings: ContainerdSettings | undefined;
  /** Name → id, in the namespace of Kubernetes. */
  readonly images: Map<string, string>;
  readonly sandboxes: Map<string, Sandbox>;
  readonly containers: Map<string, Container>;
  serve(argv: readonly string[]): RunningService;
  powerOff(): void;
  runSandbox(wanted: NewSandbox): Sandbox;
  runContainer(sandboxId: string, name: string, image: string, logPath: string): string;
  /** Gives the network back. */
  stopSandbox(id: string): void;
  removeSandbox(id: string): void;
  /** As `ctr` does it: nobody tells the CNI. */
  killAll(namespace: string | undefined): void;
}

const configSchema = z.looseObject({
  disabled_plugins: z.array(z.string()).default([]),
  plugins: z.record(z.string(), z.looseObject({})).default({}),
});
const criSchema = z.looseObject({
  sandbox_image: z.string().default('registry.k8s.io/pause:3.6'),
  containerd: z
    .looseObject({
      runtimes: z
        .record(
          z.string(),
          z.looseObject({ options: z.looseObject({ SystemdCgroup: z.boolean().default(false) }).optional() }),
        )
        .default({}),
    })
    .optional(),
});

/** Reads a configuration as containerd 1.6 does. Throws for one that it does not start with. */
export function containerdSettings(text: string): ContainerdSettings {
  const config = configSchema.parse(parse(text));
  const cri = criSchema.parse(config.plugins['io.containerd.grpc.v1.cri'] ?? {});
  return {
    sandboxImage: cri.sandbox_image,
    systemdCgroup: cri.containerd?.runtimes['runc']?.options?.SystemdCgroup ?? false,
    criDisabled: config.disabled_plugins.some((name) => /(?:^|\.)cri$/.test(name)),
  };
}

export function containerdDaemon(files: MemoryFiles, processes: ProcessTable, cni: CniNetwork): ContainerdDaemon {
  const images = new Map<string, string>();
  const sandboxes = new Map<string, Sandbox>();
  const containers = new Map<string, Container>();
  let settings: ContainerdSettings | undefined;
  let made = 0;

  const shim = (id: string): number =>
    processes.start(
      ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'k8s.io', '-id', id],
      '/system.slice/containerd.service',
    );
  const endContainersOf = (sandboxId: string): void => {
    for (const container of containers.values()) {
      if (container.sandboxId !== sandboxId || container.state !== 'running') continue;
      processes.end(container.pid);
      containers.set(container.id, { ...container, state: 'exited', pid: 0 });
    }
  };
  const end = (id: string): void => {
    const sandbox = sandboxes.get(id);
    if (sandbox === undefined) return;
    endContainersOf(id);
    processes.end(sandbox.pid);
    sandboxes.set(id, { ...sandbox, ready: false, pid: 0 });
  };
  const forget = (id: string): void => {
    for (const container of [...containers.values()]) if (container.sandboxId === id) containers.delete(container.id);
    sandboxes.delete(id);
  };
  const haveImage = (name: string): void => {
    if (!images.has(normaliseReference(name))) {
      throw new Error(`failed to pull image "${name}": dial tcp: lookup registry: no such host`);
    }
  };

  return {
    get settings() {
      return settings;
    },
    images,
    sandboxes,
    containers,
    serve(argv) {
      settings = containerdSettings(files.text('/etc/containerd/config.toml') ?? '');
      const pid = processes.start(argv, '/system.slice/containerd.service');
      files.socket('/run/containerd/containerd.sock');
      return {
        pid,
        stop: () => {
          processes.end(pid);
          settings = undefined;
          return Promise.resolve();
        },
      };
    },
    powerOff() {
      settings = undefined;
      for (const id of sandboxes.keys()) end(id);
    },
    runSandbox({ namespace, name, uid, hostNetwork }) {
      haveImage(settings?.sandboxImage ?? '');
      const id = fakeId('sandbox', uid, (made += 1));
      const ip = hostNetwork ? '10.99.0.11' : cni.add(id, { namespace, name });
      const sandbox = { id, name, namespace, uid, ready: true, ip, pid: shim(id) };
      sandboxes.set(id, sandbox);
      return sandbox;
    },
    runContainer(sandboxId, name, image, logPath) {
      haveImage(image);
      if (logPath !== '') {
        // A log of dockershim's times leads to a directory of Docker's that may be gone.
        const target = files.resolve(logPath, true);
        if (files.entry(logPath, false)?.type === 'symlink' && files.entry(target) === undefined) {
          throw new Error(`failed to create container log: open ${logPath}: no such file or directory`);
        }
        files.append(logPath, '');
      }
      const id = fakeId('container', sandboxId, name, (made += 1));
      containers.set(id, { id, sandboxId, name, attempt: 0, state: 'running', pid: shim(id) });
      return id;
    },
    stopSandbox(id) {
      end(id);
      cni.del(id);
      cni.forget(id);
    },
    removeSandbox: forget,
    killAll(namespace) {
      for (const sandbox of [...sandboxes.values()]) {
        if (namespace !== undefined && sandbox.namespace !== namespace) continue;
        end(sandbox.id);
        forget(sandbox.id);
      }
    },
  };
}
