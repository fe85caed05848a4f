import { MigrateError, messageOf } from '../core/errors.js';
import type { KubeletFacts, KubeletRuntime, UnitFacts } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import { redactSecrets } from '../core/redact-secrets.js';
import { expandExecStart } from './expand-exec-start.js';
import type { FileReader } from './file-reader.js';
import { kubeletConfig } from './kubelet-config.js';
import { kubeletEndpoint } from './kubelet-endpoint.js';
import { parseFlags } from './parse-flags.js';
import { readService } from './read-service.js';
import { readVariables } from './read-variables.js';
import { runtimeKind } from './runtime-kind.js';
import type { ServiceSettings } from './service-settings.js';

/** The drop-in that kubeadm's packages bring, the same since 1.11. */
const KUBEADM = {
  execStart: '/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS',
  environment: {
    KUBELET_KUBECONFIG_ARGS:
      '--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf',
    KUBELET_CONFIG_ARGS: '--config=/var/lib/kubelet/config.yaml',
  },
  environmentFiles: ['/var/lib/kubelet/kubeadm-flags.env', '/etc/default/kubelet', '/etc/sysconfig/kubelet'],
} as const;

export interface FolderKubeletInput {
  readonly host: ReadHost;
  readonly files: FileReader;
  readonly unit: UnitFacts;
  /** `1.23.0`. */
  readonly version: string;
}

export interface FolderKubelet {
  /** The cgroup driver is undefined where nothing of the kubelet's says it. */
  readonly facts: Omit<KubeletFacts, 'cgroupDriver'> & { readonly cgroupDriver: string | undefined };
  /** No unit of it is among the files: kubeadm's is taken to start it. */
  readonly unitAssumed: boolean;
  /** No file says with which flags it is started. */
  readonly flagsAssumed: boolean;
  /** Nothing of it is among the files. */
  readonly assumed: boolean;
}

/** The kubelet that would start from the files of a folder. */
export async function folderKubelet({ host, files, unit, version }: FolderKubeletInput): Promise<FolderKubelet> {
  const own = await readService(host, files, unit);
  const unitAssumed = own.execStart === '';
  const service = unitAssumed ? await withKubeadm(files, own) : own;
  const paths = service.environmentFiles.map(({ path }) => path);
  const argv = expandExecStart(service.execStart, { ...service.environment, ...(await readVariables(files, paths)) });
  const flags = parseFlags(argv);
  const { config, hasConfig } = await configOf(host, files, flags);
  const { dockershim, endpoint } = kubeletEndpoint(version, flags, config);
  const driver = flags['cgroup-driver'] ?? config['cgroupDriver'];
  const manifests = flags['pod-manifest-path'] ?? config['staticPodPath'];
  const facts = {
    pid: 0,
    version,
    argv: argv.map(redactSecrets),
    flags: mapValues(flags, redactSecrets),
    execStart: service.execStart,
    environmentFiles: service.environmentFiles,
    environment: service.environment,
    // Of one that is not there nothing can be changed: what it would have said goes to the flags.
    configPath: hasConfig ? flags['config'] : undefined,
    config,
    runtime: dockershim ? { kind: 'dockershim' as const, endpoint } : remote(endpoint),
    cgroupDriver: typeof driver === 'string' && driver !== '' ? driver : undefined,
    staticPodPath: typeof manifests === 'string' && manifests !== '' ? manifests : undefined,
    inContainer: false,
  };
  const there = await Promise.all(paths.map(async (path) => (await files.read(path)) !== undefined));
  const said = unit.fragmentPath !== '' || unit.dropInPaths.length > 0 || there.includes(true);
  return { facts, unitAssumed, flagsAssumed: !said, assumed: !said && !hasConfig };
}

async function withKubeadm(files: FileReader, own: ServiceSettings): Promise<ServiceSettings> {
  const found = await Promise.all(
    KUBEADM.environmentFiles.map(async (path) => ((await files.read(path)) === undefined ? [] : [path])),
  );
  return {
    execStart: KUBEADM.execStart,
    environment: { ...KUBEADM.environment, ...own.environment },
    environmentFiles: [...found.flat().map((path) => ({ path, optional: true })), ...own.environmentFiles],
  };
}

/** A folder need not hold all that the kubelet is told of: a configuration that is not there says nothing. */
async function configOf(
  host: ReadHost,
  files: FileReader,
  { config: path, ...flags }: Readonly<Record<string, string>>,
) {
  const text = path === undefined ? undefined : await files.text(path);
  const hasConfig = path !== undefined && text !== undefined;
  const tooDeep = (): MigrateError => new MigrateError('input', `${path ?? ''} in ${host.name} is nested too deeply`);
  if (/(?:[[{]\s*){200}/.test(text ?? '')) throw tooDeep();
  try {
    const { config } = await kubeletConfig(host, files, hasConfig ? { ...flags, config: path } : flags, '');
    return { config, hasConfig };
  } catch (error) {
    if (error instanceof MigrateError) throw error;
    // YAML can be nested until the stack ends, and refer to itself until memory does.
    if (error instanceof RangeError) throw tooDeep();
    throw new MigrateError('input', `${path ?? ''} in ${host.name} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** From 1.24 on somebody else spoke to Docker for the kubelet, and only one program does. */
const remote = (endpoint: string): KubeletRuntime =>
  endpoint === ''
    ? { kind: 'cri-dockerd', endpoint: 'unix:///run/cri-dockerd.sock' }
    : { kind: runtimeKind(endpoint), endpoint };

const mapValues = (record: Readonly<Record<string, string>>, map: (value: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
