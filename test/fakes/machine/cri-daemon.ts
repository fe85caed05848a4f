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
export interface CriSettings {
  readonly sandboxImage: string;
  readonly systemdCgroup: boolean;
  readonly criDisabled: boolean;
}

/** A runtime with its CRI. Its containers outlive it, and end with the machine. */
export interface CriDaemon {
  /** Undefined while it does not run. */
  readonly settings: CriSettings | undefined;
  /** Name → id; containerd's in the namespace of Kubernetes. */
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
  /** By the OCI runtime, past this one: it goes on counting the sandbox. */
  endBehindItsBack(id: string): void;
}

/** What tells one runtime from another. */
export interface CriFlavour {
  readonly socket: string;
  /** Of the unit, and of what watches containers. */
  readonly cgroup: string;
  /** Throws for a configuration that it does not start with. */
  readonly readSettings: (files: MemoryFiles) => CriSettings;
  readonly watcher: (id: string) => readonly string[];
}

export function criDaemon(
  files: MemoryFiles,
  processes: ProcessTable,
  cni: CniNetwork,
  { socket, cgroup, readSettings, watcher }: CriFlavour,
): CriDaemon {
  const images = new Map<string, string>();
  const sandboxes = new Map<string, Sandbox>();
  const containers = new Map<string, Container>();
  let settings: CriSettings | undefined;
  let made = 0;

  const shim = (id: string): number => processes.start(watcher(id), cgroup);
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
      settings = readSettings(files);
      const pid = processes.start(argv, cgroup);
      files.socket(socket);
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
    endBehindItsBack: end,
    killAll(namespace) {
      for (const sandbox of [...sandboxes.values()]) {
        if (namespace !== undefined && sandbox.namespace !== namespace) continue;
        end(sandbox.id);
        forget(sandbox.id);
      }
    },
  };
}
