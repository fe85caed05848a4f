import { basename } from 'node:path/posix';
import type { ClusterNode } from '../core/cluster-objects.js';
import { MigrateError, messageOf } from '../core/errors.js';
import type { KubeletFacts, KubeletRuntime, UnitFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { ask } from './ask.js';
import type { FileReader } from './file-reader.js';
import { followLinks } from './follow-links.js';
import { kubeletConfig } from './kubelet-config.js';
import { kubeletEndpoint } from './kubelet-endpoint.js';
import { kubeletProcess, type KubeletProcess } from './kubelet-process.js';
import { normaliseEndpoint } from '../config/kubelet/kubelet-endpoint.js';
import { parseFlags } from './parse-flags.js';
import { redactSecrets } from '../core/redact-secrets.js';
import { runsInContainer } from './runs-in-container.js';
import { runtimeKind } from './runtime-kind.js';
import type { ServiceSettings } from './service-settings.js';

export interface KubeletInput {
  readonly host: ReadHost;
  readonly files: FileReader;
  readonly unit: UnitFacts;
  readonly service: Promise<ServiceSettings>;
  /** What the cluster knows, for a kubelet whose binary cannot be asked. */
  readonly node: Promise<ClusterNode | undefined>;
}

export async function collectKubelet({ host, files, unit, service, node }: KubeletInput): Promise<KubeletFacts> {
  const process = await kubeletProcess(host, files, unit);
  const contained = runsInContainer(process.cgroups);
  const flags = parseFlags(process.argv);
  const rootDir = contained ? `/proc/${process.pid}/root` : '';
  const [{ configPath, config }, version, seenByCluster, settings] = await Promise.all([
    kubeletConfig(host, files, flags, rootDir),
    binaryVersion(host, process, rootDir).catch((error: unknown) => messageOf(error)),
    node,
    service,
  ]);
  const running = plainVersion(seenByCluster?.kubeletVersion ?? '') ?? plainVersion(version);
  if (running === undefined)
    throw new MigrateError('failed', `the kubelet's version on ${host.name} is not known: ${version}`);
  const manifests = flags['pod-manifest-path'] ?? config['staticPodPath'];
  return {
    pid: process.pid,
    // What a restart would start, which after an upgrade without one is not what runs.
    version: plainVersion(version) ?? running,
    argv: process.argv.map(redactSecrets),
    flags: mapValues(flags, redactSecrets),
    execStart: settings.execStart,
    environmentFiles: settings.environmentFiles,
    environment: settings.environment,
    configPath,
    config,
    runtime: await runtimeOf(host, kubeletEndpoint(running, flags, config)),
    cgroupDriver: (flags['cgroup-driver'] ?? config['cgroupDriver']) === 'systemd' ? 'systemd' : 'cgroupfs',
    staticPodPath: typeof manifests === 'string' && manifests !== '' ? manifests : undefined,
    // Without a unit it is somebody else's to start and stop, just as in a container.
    inContainer: contained || unit.loadState === 'not-found',
  };
}

async function binaryVersion(host: ReadHost, { pid, argv }: KubeletProcess, rootDir: string): Promise<string> {
  if (rootDir !== '') throw new MigrateError('failed', 'it runs in a container, and the cluster does not tell');
  const [command = ''] = argv;
  const binary = command.startsWith('/') ? command : (await host.stat(`/proc/${pid}/exe`))?.linkTarget;
  if (binary === undefined) throw new MigrateError('not-found', `the kubelet's binary is gone from ${host.name}`);
  return ask(host, basename(binary) === 'hyperkube' ? [binary, 'kubelet', '--version'] : [binary, '--version']);
}

/** `v1.21.14-eks-fb459a0` and `Kubernetes v1.21.14` are 1.21.14. */
const plainVersion = (text: string): string | undefined => /\bv(\d+\.\d+\.\d+)/.exec(text)?.[1];

/** Amazon's images leave a dockershim.sock that leads to containerd: a link is followed before its name is believed. */
async function runtimeOf(
  host: ReadHost,
  { dockershim, endpoint }: ReturnType<typeof kubeletEndpoint>,
): Promise<KubeletRuntime> {
  if (dockershim) return { kind: 'dockershim', endpoint };
  const end = endpoint.startsWith('unix://') ? await followLinks(host, endpoint.slice('unix://'.length)) : undefined;
  const actual = end === undefined ? endpoint : normaliseEndpoint(end.path);
  return { kind: runtimeKind(actual), endpoint: actual };
}

const mapValues = (record: Readonly<Record<string, string>>, map: (value: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
