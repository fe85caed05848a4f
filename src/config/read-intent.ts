import { valueOf } from '../core/fact.js';
import type { SettingAnswer } from '../core/conversion.js';
import type { DockerFacts, FileFacts, KubeletFacts, NodeInventory, UnitFacts } from '../core/inventory.js';
import type { Notice } from '../core/plan.js';
import { credentialsPart } from './credentials/credentials-part.js';
import { dockerService } from './docker/docker-service.js';
import { dockerSettings } from './docker/docker-settings.js';
import { sharesContainerd } from './docker/shares-containerd.js';
import { kubeletIntent } from './kubelet/kubelet-intent.js';
import { networkPlugin } from './kubelet/network-plugin.js';
import { hostsInNets } from './registries/insecure-hosts.js';
import { registryCertificates } from './registries/registry-certificates.js';
import { DEFAULT_INTENT, type RuntimeIntent, type RuntimeTarget } from './runtime-intent.js';
import { saidByRuntime } from './said-by-runtime.js';
import { readSettings } from './settings/read-settings.js';
import type { GeneratedFile } from '../core/conversion.js';
import type { TargetService } from './target-service.js';
import { parseVersion } from './version.js';

export interface IntentInput {
  readonly inventory: Pick<NodeInventory, 'cni' | 'crio' | 'disks' | 'pods'>;
  readonly target: RuntimeTarget;
  readonly service: TargetService;
  readonly kubelet: KubeletFacts | undefined;
  readonly docker: DockerFacts | undefined;
  readonly dockerUnit: UnitFacts | undefined;
  readonly containerdUnit: UnitFacts | undefined;
  readonly files: Readonly<Record<string, FileFacts>>;
}

export interface IntentRead {
  readonly intent: RuntimeIntent;
  /** Of credentials, which no runtime's configuration holds. */
  readonly files: readonly GeneratedFile[];
  readonly settings: readonly SettingAnswer[];
  readonly notices: readonly Notice[];
}

/** All that the node's Docker and kubelet are set to, and what becomes of each of it. */
export function readIntent(input: IntentInput): IntentRead {
  const { inventory, target, service: runtime, kubelet, docker, dockerUnit, containerdUnit, files } = input;
  const written = dockerSettings(files, dockerUnit);
  const context = {
    ...{ target, docker, files },
    kubelet: kubelet === undefined ? undefined : parseVersion(kubelet.version),
    networkPlugin: networkPlugin(kubelet),
    sharesContainerd: sharesContainerd(docker, containerdUnit),
  };
  const service = dockerService({ files, unit: dockerUnit, target });
  const certificates = registryCertificates(files, target);
  const credentials = credentialsPart({ files, kubelet });
  const ofKubelet = kubeletIntent(kubelet, valueOf(inventory.cni));
  const base: RuntimeIntent = {
    ...DEFAULT_INTENT,
    ...ofKubelet,
    ...saidByRuntime(ofKubelet, { kubelet, service: runtime, files, inventory }),
    registries: { ...DEFAULT_INTENT.registries, certificates: certificates.certificates },
    serviceDirectives: service.directives,
    // daemon.json's own proxies count more, and are read after these.
    proxies: service.proxies,
    credentialsFile: credentials.credentialsFile,
  };
  const read = readSettings(written.settings, context, base);
  return {
    // What Docker itself says counts more than what it was told.
    intent: withHostsInNets({ ...read.intent, ...dockerIntent(docker, inventory) }, docker, inventory),
    files: credentials.files,
    settings: [...read.answers, ...service.settings, ...certificates.settings, ...credentials.settings],
    notices: [...written.notices, ...read.notices, ...service.notices, ...certificates.notices, ...credentials.notices],
  };
}

/** What Docker says it does, whatever it is told. */
function dockerIntent(
  docker: DockerFacts | undefined,
  { disks }: Pick<NodeInventory, 'disks'>,
): Partial<RuntimeIntent> {
  if (docker === undefined) return {};
  const { storageDriver, rootDir } = docker;
  const fsType = valueOf(disks)?.find(({ path }) => path === '/var/lib/containerd')?.fsType;
  // Their snapshots need their own file system below the new store, too.
  const unfit = ['btrfs', 'zfs'].includes(storageDriver) && fsType !== undefined && fsType !== storageDriver;
  return {
    ...(storageDriver === '' ? {} : { storageDriver: unfit ? 'overlay2' : storageDriver }),
    ...(rootDir === '' || rootDir === '/var/lib/docker' ? {} : { dataRoot: rootDir }),
    defaultRuntime: defaultRuntimeOf(docker),
  };
}

/** Docker has other names for its own runc. */
const defaultRuntimeOf = ({ defaultRuntime }: DockerFacts): string =>
  /^(?:|io\.containerd\.runc\.v\d)$/.test(defaultRuntime) ? 'runc' : defaultRuntime;

/** No other runtime knows a whole net as insecure: those of its registries that images here come from are listed. */
function withHostsInNets(
  intent: RuntimeIntent,
  docker: DockerFacts | undefined,
  { pods }: Pick<NodeInventory, 'pods'>,
): RuntimeIntent {
  const { insecure, insecureNets } = intent.registries;
  if (insecureNets.length === 0) return intent;
  const images = [
    ...(docker?.images.flatMap(({ tags, digests }) => [...tags, ...digests]) ?? []),
    ...(valueOf(pods)?.flatMap((pod) => pod.images) ?? []),
  ];
  const found = hostsInNets(insecureNets, images).filter((host) => !insecure.includes(host));
  return { ...intent, registries: { ...intent.registries, insecure: [...insecure, ...found] } };
}
