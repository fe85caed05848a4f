import type { TomlTable } from 'smol-toml';
import type { Notice } from '../../core/plan.js';
import type { RuntimeIntent, UlimitIntent } from '../runtime-intent.js';
import { stringAt, stringsAt, tableAt } from '../text/toml-document.js';
import type { Version } from '../version.js';
import { crioMetrics } from './crio-metrics.js';
import { crioNotice } from './crio-notice.js';
import type { CrioSources } from './crio-sources.js';
import { hasPullTimeout } from './has-pull-timeout.js';
import { shortDuration } from './short-duration.js';

const PAUSE = '/pause';

export interface CrioSettingsInput {
  readonly intent: RuntimeIntent;
  readonly version: Version;
  readonly sources: CrioSources;
  /** Among several registries for short names Docker's is first. */
  readonly severalSearched: boolean;
}

/** All of the drop-in but for the store and the handlers. */
export function crioSettings(input: CrioSettingsInput): {
  readonly tables: Readonly<Record<'runtime' | 'image' | 'network' | 'metrics' | 'nri', TomlTable>>;
  readonly notices: readonly Notice[];
} {
  const { intent, version, sources } = input;
  const runtime = tableAt(sources.merged, 'crio', 'runtime');
  return {
    tables: {
      runtime: runtimeTable(intent, version, runtime),
      image: imageTable(input),
      network: networkTable(intent, tableAt(sources.merged, 'crio', 'network')),
      metrics: crioMetrics(intent.metricsAddress, version),
      nri: nriTable(intent, version),
    },
    notices: [...noPullTimeout(intent, version), ...logFormat(intent)],
  };
}

function runtimeTable(intent: RuntimeIntent, version: Version, existing: TomlTable | undefined): TomlTable {
  const ulimits = ulimitTexts(intent.ulimits, stringsAt(existing, 'default_ulimits'));
  const conmonCgroup = stringAt(existing, 'conmon_cgroup') ?? '';
  const fitsSystemd = conmonCgroup === '' || conmonCgroup === 'pod' || conmonCgroup.endsWith('.slice');
  return {
    cgroup_manager: intent.cgroupDriver,
    // With cgroupfs a slice is an error, and slices are what packages and CRI-O's defaults have.
    ...(intent.cgroupDriver === 'cgroupfs' || !fitsSystemd ? { conmon_cgroup: 'pod' } : {}),
    ...(intent.defaultRuntime === 'runc' ? {} : { default_runtime: intent.defaultRuntime }),
    ...(ulimits.length > 0 ? { default_ulimits: [...ulimits] } : {}),
    ...(intent.seccompProfile === undefined ? {} : { seccomp_profile: intent.seccompProfile }),
    ...(intent.selinux ? { selinux: true } : {}),
    ...(intent.logLevel === undefined ? {} : { log_level: intent.logLevel }),
    ...(intent.cdiSpecDirs.length > 0 && version.minor >= 24 ? { cdi_spec_dirs: [...intent.cdiSpecDirs] } : {}),
  };
}

/** A list replaces another: those that the administrator set for CRI-O stay, but for the ones that Docker sets too. */
function ulimitTexts(ulimits: readonly UlimitIntent[], existing: readonly string[]): readonly string[] {
  if (ulimits.length === 0) return [];
  const names = ulimits.map(({ name }) => name);
  const kept = existing.filter((text) => !names.includes((text.split('=')[0] ?? '').trim().toLowerCase()));
  return [...kept, ...ulimits.map(({ name, soft, hard }) => `${name}=${soft}:${hard}`)];
}

function imageTable({ intent, version, sources, severalSearched }: CrioSettingsInput): TomlTable {
  const table: TomlTable = {};
  const existing = tableAt(sources.merged, 'crio', 'image');
  if (intent.sandboxImage !== '') {
    table['pause_image'] = intent.sandboxImage;
    const command = stringAt(existing, 'pause_command') ?? '';
    const isForAnother = stringAt(existing, 'pause_image') !== intent.sandboxImage;
    if (command !== '' && command !== PAUSE && isForAnother) table['pause_command'] = PAUSE;
  }
  if (intent.credentialsFile !== undefined) table['global_auth_file'] = intent.credentialsFile;
  if (intent.pullProgressTimeout !== undefined && hasPullTimeout(version)) {
    table['pull_progress_timeout'] = shortDuration(intent.pullProgressTimeout);
  }
  // From 1.34 on CRI-O asks a user where there are several, and there is none.
  if (severalSearched && version.minor >= 34) table['short_name_mode'] = 'disabled';
  return table;
}

/** Where both are CRI-O's defaults nothing is said, unless another file says something else. */
function networkTable({ cni }: RuntimeIntent, existing: TomlTable | undefined): TomlTable {
  const table: TomlTable = {};
  const confDir = stringAt(existing, 'network_dir') ?? '/etc/cni/net.d';
  if (plain(confDir) !== plain(cni.confDir)) table['network_dir'] = cni.confDir;
  const binDirs =
    existing === undefined || !('plugin_dirs' in existing) ? undefined : stringsAt(existing, 'plugin_dirs');
  const missing = cni.binDirs.some((dir) => !(binDirs ?? ['/opt/cni/bin']).map(plain).includes(plain(dir)));
  const others = (binDirs ?? []).filter((dir) => !cni.binDirs.map(plain).includes(plain(dir)));
  if (missing) table['plugin_dirs'] = [...cni.binDirs, ...others];
  return table;
}

const plain = (dir: string): string => dir.replace(/\/+$/, '');

function nriTable({ nri }: RuntimeIntent, { minor }: Version): TomlTable {
  if (nri === undefined || minor < 26) return {};
  return {
    enable_nri: nri.enable,
    ...(nri.socketPath === undefined ? {} : { nri_listen: nri.socketPath }),
    // Before 1.28 plugins had one configuration file.
    ...(nri.pluginConfigPath === undefined || minor < 28 ? {} : { nri_plugin_config_dir: nri.pluginConfigPath }),
    ...(nri.pluginPath === undefined ? {} : { nri_plugin_dir: nri.pluginPath }),
  };
}

function noPullTimeout({ pullProgressTimeout: timeout }: RuntimeIntent, version: Version): Notice[] {
  if (timeout === undefined || hasPullTimeout(version)) return [];
  const message = `CRI-O ${version.major}.${version.minor}.${version.patch} has no setting for pulls without progress, and the kubelet's --image-pull-progress-deadline (${shortDuration(timeout)}) is left out`;
  return [
    crioNotice('warning', message, 'see that pulls succeed, or use CRI-O 1.32, 1.31.3 or 1.30.11, or later ones'),
  ];
}

function logFormat({ logFormat: format }: RuntimeIntent): Notice[] {
  if (format !== 'json') return [];
  const message = "CRI-O's configuration has no key for the format of its log, and Docker's is JSON";
  return [
    crioNotice('warning', message, 'start CRI-O with --log-format=json in a drop-in of crio.service if it matters'),
  ];
}
