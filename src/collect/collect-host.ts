import type { ClusterNode } from '../core/cluster-objects.js';
import { MigrateError } from '../core/errors.js';
import { unknown, valueOf } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import type { CriReader, DockerReader, ReadHost } from '../core/ports.js';
import { collectCni } from './cni.js';
import { containerdCommand } from './containerd-command.js';
import { collectContainerd } from './containerd.js';
import { collectCri } from './cri.js';
import { collectDisks } from './disks.js';
import { collectDocker } from './docker.js';
import { createFileReader } from './file-reader.js';
import { collectFiles } from './files.js';
import { collectKernel } from './kernel.js';
import { collectKubelet } from './kubelet.js';
import { collectMigrations } from './migrations.js';
import { observe } from './observe.js';
import { collectOs } from './os.js';
import { collectPackages } from './packages.js';
import { readService } from './read-service.js';
import { collectUnits } from './units.js';

export type HostInventory = Pick<
  NodeInventory,
  | 'os'
  | 'packages'
  | 'units'
  | 'kubelet'
  | 'cni'
  | 'kernel'
  | 'disks'
  | 'files'
  | 'containerd'
  | 'docker'
  | 'criEndpoints'
  | 'migrations'
>;

export interface CollectHostInput {
  readonly host: ReadHost | { readonly unreachable: string };
  readonly docker: () => Promise<DockerReader>;
  readonly cri: (endpoint: string) => Promise<CriReader>;
  readonly node: Promise<ClusterNode | undefined>;
}

/** The facts of the machine, all at once as far as none needs another. */
export async function collectHost({ host, docker, cri, node }: CollectHostInput): Promise<HostInventory> {
  if ('unreachable' in host) return nothing(host.unreachable);
  const files = createFileReader(host);
  const units = observe('systemctl show', () => collectUnits(host));
  const unit = async (name: string) => valueOf(await units)?.[name];
  const service = async (name: string) => readService(host, files, await unit(name));
  const kubeletService = service('kubelet.service');
  const containerdService = service('containerd.service');
  for (const read of [kubeletService, containerdService]) read.catch(() => undefined); // each reader gets the error
  const kubelet = unit('kubelet.service').then((own) =>
    observe('/proc, the unit and its files', () =>
      collectKubelet({ host, files, unit: own, service: kubeletService, node }),
    ),
  );
  const dockerFacts = observe('the Docker API and daemon.json', async () =>
    collectDocker(host, files, await unit('docker.service'), docker),
  );
  const flags = async () => valueOf(await kubelet)?.flags ?? {};
  const configuration = async () => {
    const known = await units;
    // A list of files without the drop-ins nobody could ask for would pass for the whole.
    if (!known.known) throw new MigrateError('failed', known.why);
    const { environmentFiles } = await kubeletService;
    return collectFiles({
      files,
      units: known.value,
      containerdConfigPath: containerdCommand((await containerdService).execStart).configPath,
      named: [...environmentFiles.map(({ path }) => path), valueOf(await kubelet)?.configPath ?? ''],
    });
  };
  const facts = {
    os: observe('/etc/os-release and uname', () => collectOs(host, files)),
    packages: observe('the package manager', () => collectPackages(host, files)),
    cni: observe('the CNI directories', async () => collectCni(host, files, await flags())),
    kernel: observe('/proc and /sys', () => collectKernel(host, files)),
    disks: observe('df', async () => collectDisks(host, valueOf(await dockerFacts)?.rootDir || '/var/lib/docker')),
    files: observe('the files', configuration),
    containerd: observe('containerd', () => collectContainerd(host, files, containerdService)),
    migrations: observe('/var/lib/dockershim-migrate', () => collectMigrations(host, files)),
  };
  const endpoints = kubelet.then((fact) => collectCri(host, cri, valueOf(fact)?.runtime.endpoint));
  return {
    os: await facts.os,
    packages: await facts.packages,
    units: await units,
    kubelet: await kubelet,
    cni: await facts.cni,
    kernel: await facts.kernel,
    disks: await facts.disks,
    files: await facts.files,
    containerd: await facts.containerd,
    docker: await dockerFacts,
    criEndpoints: await endpoints,
    migrations: await facts.migrations,
  };
}

function nothing(why: string): HostInventory {
  const fact = unknown(why);
  return {
    ...{ os: fact, packages: fact, units: fact, kubelet: fact, cni: fact, kernel: fact, disks: fact, files: fact },
    ...{ containerd: fact, docker: fact, criEndpoints: [], migrations: fact },
  };
}
