import type { ExecOptions, ExecResult } from '../../../src/core/ports.js';
import type { ClusterState } from '../cluster/cluster-state.js';
import { execute } from '../commands/execute.js';
import type { WorldClock } from '../world-clock.js';
import { cniNetwork, type CniNetwork } from './cni-network.js';
import { containerdFlavour } from './containerd-flavour.js';
import { criDaemon, type CriDaemon } from './cri-daemon.js';
import { criPods } from './cri-pods.js';
import { crioFlavour } from './crio-flavour.js';
import { dockerEngine, type DockerEngine } from './docker-engine.js';
import { dockershim } from './dockershim.js';
import { execStart } from './exec-start.js';
import { runGuard } from './guard-run.js';
import { kernel, type Kernel } from './kernel.js';
import { kubeletProcess } from './kubelet-process.js';
import { memoryFiles, type MemoryFiles } from './memory-files.js';
import { processTable, type ProcessTable } from './process-table.js';
import type { PodRuntime } from './pod-runtime.js';
import { systemd, type RunningService, type StartService, type Systemd } from './systemd.js';

/** A node's machine: what is on its disk, and what runs on it. */
export interface Machine {
  readonly name: string;
  readonly clock: WorldClock;
  readonly files: MemoryFiles;
  readonly processes: ProcessTable;
  readonly systemd: Systemd;
  readonly docker: DockerEngine;
  readonly containerd: CriDaemon;
  readonly crio: CriDaemon;
  readonly cni: CniNetwork;
  readonly kernel: Kernel;
  readonly storageDriver: string;
  /** Containers of the new runtime may open few files: a limit that nobody planned. */
  readonly fewFiles: boolean;
  /** Packages by name; `auto` ones came for another's sake. */
  readonly packages: Map<string, { readonly version: string; readonly auto: boolean }>;
  exec(argv: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  boot(): Promise<void>;
  /** Gone from one moment to the next, and on again. */
  powerCut(): Promise<void>;
}

export interface MachineInput {
  readonly name: string;
  readonly clock: WorldClock;
  readonly cluster: ClusterState;
  readonly subnet: string;
  readonly storageDriver?: string;
  readonly broken?: Broken;
}

/** What does not work on a machine, and shows only when it is needed. */
export type Broken = 'kubelet on containerd' | 'containerd' | 'sandboxes of containerd' | 'limits of containerd';

const BOOT_MS = 8000;

export function machine({ name, clock, cluster, subnet, storageDriver = 'overlay2', broken }: MachineInput): Machine {
  const files = memoryFiles(() => clock.now().getTime());
  const processes = processTable(files);
  const cni = cniNetwork(files, subnet);
  const docker = dockerEngine(files, processes, clock);
  const noAddress = { ...cni, add: () => brokenCni() };
  const network = broken === 'sandboxes of containerd' ? noAddress : cni;
  const containerd = criDaemon(files, processes, network, containerdFlavour);
  const crio = criDaemon(files, processes, cni, crioFlavour);
  const kernelOf = kernel(files);

  function runtimeFor(endpoint: string | undefined, cgroupDriver: 'cgroupfs' | 'systemd'): PodRuntime {
    if (endpoint === undefined) {
      if (docker.running) return dockershim(docker, cni, files);
      throw new Error('failed to run Kubelet: failed to get docker version: Cannot connect to the Docker daemon');
    }
    if (broken === 'kubelet on containerd') {
      throw new Error(
        'failed to run Kubelet: get remote runtime typed version failed: dial unix /run/containerd/containerd.sock: connect: permission denied',
      );
    }
    const [, name] = /^unix:\/\/(?:\/var)?\/run\/(?:containerd|crio)\/(containerd|crio)\.sock$/.exec(endpoint) ?? [];
    const pods =
      name === 'crio'
        ? criPods(crio, cgroupDriver, { prefix: 'cri-o://', version: 'cri-o://1.23.5' })
        : criPods(containerd, cgroupDriver, { prefix: 'containerd://', version: 'containerd://1.6.20' });
    if (name !== undefined && pods.reachable()) return pods;
    throw new Error(`Failed to run Kubelet: validate service connection: CRI runtime at ${endpoint} does not answer`);
  }

  const startService: StartService = async (unit, exited) => {
    const argv = execStart(files, unit);
    switch (argv[0]?.split('/').at(-1)) {
      case 'dockerd':
        await clock.sleep(900);
        kernelOf.load('br_netfilter');
        if (storageDriver === 'overlay2') kernelOf.load('overlay');
        kernelOf.set('net.ipv4.ip_forward', '1');
        return docker.serve(argv);
      case 'containerd':
        await clock.sleep(300);
        if (broken === 'containerd') throw new Error('containerd: failed to load plugin io.containerd.grpc.v1.cri');
        return containerd.serve(argv);
      case 'crio':
        await clock.sleep(200);
        return crio.serve(argv);
      case 'kubelet':
        return kubeletProcess({ node: name, files, processes, clock, cluster, runtimeFor }, argv, exited);
      case 'sh':
        await runGuard(self, argv.at(-1) ?? '');
        return ended;
      default:
        throw new Error(`nothing is known of ${argv[0] ?? 'a service without a command'}`);
    }
  };

  const self: Machine = {
    ...{ name, clock, files, processes, cni, docker, containerd, crio, storageDriver },
    fewFiles: broken === 'limits of containerd',
    kernel: kernelOf,
    systemd: systemd(files, clock, startService),
    packages: new Map(),
    exec: (argv, options = {}) => execute(self, argv, options),
    async boot() {
      kernelOf.boot();
      await self.systemd.boot();
    },
    async powerCut() {
      self.systemd.powerOff();
      docker.powerOff();
      containerd.powerOff();
      crio.powerOff();
      processes.clear();
      for (const path of files.list('/run')) files.removeTree(`/run/${path}`);
      await clock.sleep(BOOT_MS);
      await self.boot();
    },
  };
  return self;
}

const ended: RunningService = { pid: 0, stop: () => Promise.resolve() };

function brokenCni(): never {
  throw new Error(
    'failed to setup network for sandbox: plugin type="bridge" failed (add): "cni0" already has an IP address',
  );
}
