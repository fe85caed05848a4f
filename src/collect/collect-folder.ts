import { dockerSettings } from '../config/docker/docker-settings.js';
import type { DockerSetting } from '../config/docker/docker-setting.js';
import { MigrateError } from '../core/errors.js';
import { known, unknown } from '../core/fact.js';
import type { KernelFacts, NodeInventory, UnitFacts } from '../core/inventory.js';
import type { Target } from '../core/plan.js';
import type { ReadHost } from '../core/ports.js';
import { collectCni } from './cni.js';
import { containerdCommand } from './containerd-command.js';
import { crioCommand } from './crio-command.js';
import { expandExecStart } from './expand-exec-start.js';
import { createFileReader, type FileReader } from './file-reader.js';
import { collectFiles } from './files.js';
import { folderAssumptions } from './folder-assumptions.js';
import { folderDocker } from './folder-docker.js';
import { folderKubelet } from './folder-kubelet.js';
import { folderUnits } from './folder-units.js';
import { kubeletFiles } from './kubelet-files.js';
import { parseFlags } from './parse-flags.js';
import { readService } from './read-service.js';
import { readVariables } from './read-variables.js';

/** The newest that has dockershim. */
const NEWEST_WITH_DOCKERSHIM = '1.23.0';

export interface FolderInput {
  /** A folder as a machine: no command of it runs. */
  readonly host: ReadHost;
  /** The runtime that is to come, which is not there yet: `1.6.0`. */
  readonly target: { readonly kind: Target; readonly version: string };
  /** `1.23.0`; undefined where nobody said. */
  readonly kubelet: string | undefined;
}

export interface FolderInventory {
  readonly inventory: NodeInventory;
  /** What was taken for granted in the place of what no file tells: sentences without a full stop. */
  readonly assumptions: readonly string[];
  /** No file of the kubelet's is there: what is made for its own files is only a guess at what they look like. */
  readonly kubeletAssumed: boolean;
}

/**
 * Takes stock of a node from its files alone, laid out as below its root. What only a running node tells is what an
 * ordinary one with Docker would say. Errors: `input` for a file that cannot be read; `not-found` where there is none to convert.
 */
export async function collectFolder({ host, target, kubelet: wanted }: FolderInput): Promise<FolderInventory> {
  const files = createFileReader(host);
  const units = await folderUnits(host, files);
  const unit = (name: string) => units[name] ?? missingUnit(name);
  const version = wanted ?? NEWEST_WITH_DOCKERSHIM;
  const kubelet = await folderKubelet({ host, files, unit: unit('kubelet.service'), version });
  const containerd = containerdCommand((await readService(host, files, unit('containerd.service'))).execStart);
  const { environmentFiles, flags: kubeletFlags } = kubelet.facts;
  const dockerCommand = await commandOf(host, files, unit('docker.service'));
  const crioUnit = await commandOf(host, files, unit('crio.service'));
  const crio = crioCommand(crioUnit.execStart, crioUnit.variables);
  const { execStart } = await commandOf(host, files, unit('cri-docker.service'));
  const criDockerd = execStart === '' ? {} : { execStart };
  const found = await collectFiles({
    ...{ files, units, crio, containerdConfigPath: containerd.configPath },
    named: [
      ...environmentFiles.map(({ path }) => path),
      ...(await kubeletFiles(files, kubelet.facts)),
      ...dockerCommand.paths,
      parseFlags(expandExecStart(dockerCommand.execStart, dockerCommand.variables))['config-file'] ?? '',
    ],
  });
  if (!Object.values(found).some(({ exists }) => exists)) throw nothingIn(host.name);

  // What is wrong with them is said where they are converted.
  const { settings } = dockerSettings(found, unit('docker.service'));
  const docker = folderDocker({ settings, kubeletDriver: kubelet.facts.cgroupDriver });
  // Where the kubelet says nothing it must be Docker's: dockershim does not start with another.
  const cgroupDriver = (kubelet.facts.cgroupDriver ?? docker.cgroupDriver) === 'systemd' ? 'systemd' : 'cgroupfs';
  // kubeadm has started no kubelet without a network plugin.
  const flags = { ...(kubelet.flagsAssumed ? { 'network-plugin': 'cni' } : {}), ...kubeletFlags };
  const facts = { ...kubelet.facts, cgroupDriver, flags } as const;
  const from = `the files in ${host.name}`;
  const none = unknown(`there is only ${host.name} to read`);
  const absent = unknown(`it is not what the files are converted for`);
  return {
    kubeletAssumed: kubelet.assumed,
    assumptions: folderAssumptions({ wanted, kubelet, cgroupDriver, found }),
    inventory: {
      apiVersion: 'dockershim-migrate.io/v1',
      kind: 'NodeInventory',
      name: host.name,
      collectedAt: '',
      node: none,
      pods: known([], from),
      budgets: known([], from),
      runtimeClasses: known([], from),
      os: none,
      packages: none,
      units: known(units, from),
      kubelet: known(facts, from),
      cni: known(await collectCni(host, files, flags), from),
      kernel: known(kernelOf(settings, docker.cgroupVersion), from),
      disks: known([], from),
      files: known(found, from),
      containerd:
        target.kind === 'containerd'
          ? known({ binary: containerd.binary, version: target.version, effectiveConfig: undefined }, from)
          : absent,
      crio:
        target.kind === 'crio'
          ? known(
              {
                ...{ binary: crio.binary, configPath: crio.configPath, configDir: crio.configDir },
                ...{ version: target.version, effectiveConfig: undefined },
              },
              from,
            )
          : absent,
      criDockerd:
        target.kind === 'cri-dockerd'
          ? known({ ...CRI_DOCKERD, ...criDockerd, version: target.version }, from)
          : absent,
      docker: known(
        { ...docker, daemonJson: Object.fromEntries(settings.map(({ key, value }) => [key, value])) },
        from,
      ),
      criEndpoints: [],
      migrations: known({ lock: undefined, journals: [] }, from),
    },
  };
}

const CRI_DOCKERD = {
  binary: '/usr/bin/cri-dockerd',
  unit: 'cri-docker.service',
  execStart: '/usr/bin/cri-dockerd --container-runtime-endpoint fd://',
};

/** What dockerd sees to on every node, unless it is told not to. */
function kernelOf(settings: readonly DockerSetting[], cgroupVersion: number): KernelFacts {
  const off = (key: string): boolean => settings.some((setting) => setting.key === key && setting.value === false);
  return {
    cgroupVersion: cgroupVersion === 2 ? 2 : 1,
    modules: ['br_netfilter', 'overlay'],
    sysctls: {
      'net.bridge.bridge-nf-call-ip6tables': '1',
      'net.bridge.bridge-nf-call-iptables': '1',
      'net.ipv4.ip_forward': off('ip-forward') ? '0' : '1',
    },
  };
}

/** How a unit starts its program, and the files that its variables come from. */
async function commandOf(host: ReadHost, files: FileReader, unit: UnitFacts) {
  const { execStart, environment, environmentFiles } = await readService(host, files, unit);
  const paths = environmentFiles.map(({ path }) => path);
  return { execStart, paths, variables: { ...environment, ...(await readVariables(files, paths)) } };
}

const nothingIn = (name: string): MigrateError =>
  new MigrateError('not-found', `${name} holds none of the files that are converted`, {
    hint: 'Lay them out as below the root of a node: etc/docker/daemon.json, var/lib/kubelet/kubeadm-flags.env, …',
  });

function missingUnit(name: string): never {
  throw new MigrateError('bug', `${name} is not among the units that are looked at.`);
}
