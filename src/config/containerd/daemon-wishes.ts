import type { TomlTable } from 'smol-toml';
import type { RuntimeIntent } from '../runtime-intent.js';
import type { Version } from '../version.js';
import type { Wish } from './containerd-wishes.js';
import type { Schema } from './cri-tables.js';

const NRI = ['plugins', 'io.containerd.nri.v1.nri'];
export const DEFAULT_ROOT = '/var/lib/containerd';

/** What containerd itself is to be told, besides its CRI; `unitScore` is the OOM score that its unit gives it. */
export function daemonWishes(
  intent: RuntimeIntent,
  version: Version,
  schema: Schema,
  old: TomlTable,
  unitScore: number | undefined,
): readonly Wish[] {
  const root = rootBeside(intent.dataRoot);
  const { logLevel, logFormat, metricsAddress, nri } = intent;
  const metrics = schema === 4 ? ['plugins', 'io.containerd.server.v1.metrics', 'address'] : ['metrics', 'address'];
  const hasNri = version.major > 1 || version.minor >= 7;
  return [
    ...(root === undefined ? [] : [{ path: ['root'], value: root, defaults: ['', DEFAULT_ROOT] }]),
    ...oomWishes(intent.oomScoreAdjust, old, unitScore),
    ...(logLevel === undefined ? [] : [{ path: ['debug', 'level'], value: logLevel, defaults: ['', 'info'] }]),
    ...(logFormat === undefined ? [] : [{ path: ['debug', 'format'], value: logFormat, defaults: ['', 'text'] }]),
    ...(metricsAddress === undefined ? [] : [{ path: metrics, value: otherPort(metricsAddress), defaults: [''] }]),
    ...(nri === undefined || !hasNri
      ? []
      : [
          { path: [...NRI, 'disable'], value: !nri.enable, defaults: [nri.enable] },
          ...place('plugin_path', nri.pluginPath, '/opt/nri/plugins'),
          ...place('plugin_config_path', nri.pluginConfigPath, '/etc/nri/conf.d'),
          ...place('socket_path', nri.socketPath, '/var/run/nri/nri.sock'),
        ]),
  ];
}

const place = (key: string, value: string | undefined, standard: string): readonly Wish[] =>
  value === undefined ? [] : [{ path: [...NRI, key], value, defaults: ['', standard] }];

/** A directory beside Docker's, on the same file system, so that the kubelet goes on watching the right disk. */
function rootBeside(dataRoot: string | undefined): string | undefined {
  const directory = dataRoot?.replace(/\/+$/, '') ?? '';
  if (directory === '' || directory === '/var/lib/docker') return undefined;
  const parent = directory.slice(0, directory.lastIndexOf('/'));
  return directory === `${parent}/containerd` ? `${parent}/containerd-data` : `${parent}/containerd`;
}

/** The lower one counts: the score in the file takes the place of the unit's when containerd starts. */
function oomWishes(score: number | undefined, old: TomlTable, unitScore: number | undefined): readonly Wish[] {
  const written = old['oom_score'];
  const there = typeof written === 'bigint' && written !== 0n ? Number(written) : unitScore;
  if (score === undefined || (there !== undefined && there <= score)) return [];
  return [{ path: ['oom_score'], value: BigInt(score) }];
}

/** containerd's usual port at Docker's address, since both run for a while. */
function otherPort(address: string): string {
  const colon = address.lastIndexOf(':');
  const port = address.slice(colon + 1);
  return `${colon === -1 ? address : address.slice(0, colon)}:${port === '1338' ? '1339' : '1338'}`;
}
