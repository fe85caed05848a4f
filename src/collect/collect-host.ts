import type { ClusterNode } from '../core/cluster-objects.js';
import { MigrateError } from '../core/errors.js';
import { unknown, valueOf } from '../core/fact.js';
import type { NodeInventory, UnitFacts } from '../core/inventory.js';
import type { CriReader, DockerReader, ReadHost } from '../core/ports.js';
import { collectCni } from './cni.js';
import { containerdCommand } from './containerd-command.js';
import { collectContainerd } from './containerd.js';
import { collectCri } from './cri.js';
import { collectCriDockerd } from './cri-dockerd.js';
import { crioCommand } from './crio-command.js';
import { collectCrio } from './crio.js';
import { daemonJsonPath } from './daemon-json-path.js';
import { collectDisks } from './disks.js';
import { collectDocker } from './docker.js';
import { createFileReader } from './file-reader.js';
import { collectFiles } from './files.js';
import { collectKernel } from './kernel.js';
import { collectKubelet } from './kubelet.js';
import { kubeletFiles } from './kubelet-files.js';
import { collectMigrations } from './migrations.js';
import { observe } from './observe.js';
import { collectOs } from './os.js';
import { collectPackages } from './packages.js';
import { readService } from './read-service.js';
import { readVariables } from './read-variables.js';
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
  | 'crio'
  | 'criDockerd'
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
  /** Nothing that hangs on a unit is guessed where systemd did not answer. */
  const unit = async (name: string): Promise<UnitFacts> => {
    const fact = await units;
    if (!fact.known) throw new MigrateError('failed', fact.why);
    const found = fact.value[name];
    if (found === undefined) throw new MigrateError('bug', `${name} is not among the units that are looked at.`);
    return found;
  };
  const service = async (name: string) => readService(host, files, await unit(name));
  const kubeletService = service('kubelet.service');
  const containerdService = service('containerd.service');
  const criDockerdService = service('cri-docker.service');
  const crio = service('crio.service').then(async ({ execStart, environment, environmentFiles }) => {
    const paths = environmentFiles.map(({ path }) => path);
    return crioCommand(execStart, { ...environment, ...(await readVariables(files, paths)) });
  });
  for (const read of [kubeletService, containerdService, criDockerdService, crio]) read.catch(() => undefined); // each reader gets the error
  const kubelet = observe('/proc, the unit and its files', async () =>
    collectKubelet({ host, files, unit: await unit('kubelet.service'), service: kubeletService, node }),
  );
  const dockerFacts = observe('the Docker API and daemon.json', async () =>
    collectDocker(host, files, await unit('docker.service'), docker),
  );
  /** What Docker is told outside its unit; where the unit cannot be read, that is said where its settings are. */
  const ofDocker = async (): Promise<readonly string[]> => {
    const docker = await service('docker.service').catch(() => undefined);
    if (docker === undefined) return [];
    const paths = docker.environmentFiles.map(({ path }) => path);
    return [...paths, await daemonJsonPath(files, await unit('docker.service'))];
  };
  const flags = async () => valueOf(await kubelet)?.flags ?? {};
  const configuration = async () => {
    const { environmentFiles } = await kubeletService;
    const { configPath } = containerdCommand((await containerdService).execStart);
    const kubeletFacts = valueOf(await kubelet);
    const named = [
      ...environmentFiles.map(({ path }) => path),
      ...(await ofDocker()),
      ...(kubeletFacts === undefined ? [] : await kubeletFiles(files, kubeletFacts)),
    ];
    return collectFiles({
      files,
      units: valueOf(await units) ?? {},
      containerdConfigPath: configPath,
      crio: await crio,
      named,
    });
  };
  // All are awaited together, so that an interrupt in one leaves none of the others to fail unheard.
  const [
    os,
    packages,
    cni,
    kernel,
    disks,
    configurationFiles,
    containerd,
    crioFacts,
    criDockerd,
    migrations,
    criEndpoints,
    ...shared
  ] = await Promise.all([
    observe('/etc/os-release and uname', () => collectOs(host, files)),
    observe('the package manager', () => collectPackages(host, files)),
    observe('the CNI directories', async () => collectCni(host, files, await flags())),
    observe('/proc and /sys', () => collectKernel(host, files)),
    observe('df', async () => collectDisks(host, valueOf(await dockerFacts)?.rootDir || '/var/lib/docker')),
    observe('the files', configuration),
    observe('containerd', () => collectContainerd(host, files, containerdService)),
    observe('CRI-O', () => collectCrio(host, crio)),
    observe('cri-dockerd', () => collectCriDockerd(host, criDockerdService)),
    observe('/var/lib/dockershim-migrate', () => collectMigrations(host, files)),
    kubelet.then((fact) => collectCri(host, cri, valueOf(fact)?.runtime.endpoint)),
    units,
    kubelet,
    dockerFacts,
  ]);
  const [unitsFact, kubeletFact, dockerFact] = shared;
  return {
    ...{ os, packages, units: unitsFact, kubelet: kubeletFact, cni, kernel, disks, files: configurationFiles },
    ...{ containerd, crio: crioFacts, criDockerd, docker: dockerFact, criEndpoints, migrations },
  };
}

function nothing(why: string): HostInventory {
  const fact = unknown(why);
  return {
    ...{ os: fact, packages: fact, units: fact, kubelet: fact, cni: fact, kernel: fact, disks: fact, files: fact },
    ...{ containerd: fact, crio: fact, criDockerd: fact, docker: fact, criEndpoints: [], migrations: fact },
  };
}
