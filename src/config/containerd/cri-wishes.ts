import type { TomlTable } from 'smol-toml';
import type { RuntimeIntent } from '../runtime-intent.js';
import type { Version } from '../version.js';
import type { Wish } from './containerd-wishes.js';
import { TRANSFER } from './containerd-schema.js';
import { criPath, type Schema } from './cri-tables.js';
import { handlerWishes } from './handler-wishes.js';
import { snapshotterFor } from './snapshotter.js';
import { stringAt, stringsAt, tableAt } from '../text/toml-document.js';
import type { TomlPath } from '../text/toml-path.js';

const DEFAULT_DOWNLOADS = 3n;

/** What the CRI is to be told; `old` is the configuration that is there, in the schema that is written. */
export function criWishes(intent: RuntimeIntent, version: Version, schema: Schema, old: TomlTable): readonly Wish[] {
  const { runtime, images } = criPath(schema);
  const handlers = [...runtime, 'containerd', 'runtimes'];
  const sandbox = schema === 2 ? [...images, 'sandbox_image'] : [...images, 'pinned_images', 'sandbox'];
  const snapshotter = schema === 2 ? [...images, 'containerd', 'snapshotter'] : [...images, 'snapshotter'];
  const from17 = version.major > 1 || version.minor >= 7;
  const when = (condition: boolean, ...wishes: readonly Wish[]): readonly Wish[] => (condition ? wishes : []);
  const { pullProgressTimeout: pull, cdiSpecDirs } = intent;
  return [
    ...when(intent.sandboxImage !== '', { path: sandbox, value: intent.sandboxImage }),
    { path: snapshotter, value: snapshotterFor(intent.storageDriver), defaults: ['', 'overlayfs'] },
    { path: [...runtime, 'containerd', 'default_runtime_name'], value: intent.defaultRuntime },
    ...handlerWishes(intent, tableAt(old, ...handlers), handlers),
    ...cniWishes(intent.cni, tableAt(old, ...runtime, 'cni'), [...runtime, 'cni'], severalBinDirs(version)),
    ...when(intent.selinux, { path: [...runtime, 'enable_selinux'], value: true, defaults: [false] }),
    ...when(from17 && pull !== undefined, {
      path: [...images, 'image_pull_progress_timeout'],
      value: pull ?? '',
      defaults: ['', '0s', '1m0s', '5m0s'],
    }),
    ...when(cdiSpecDirs.length > 0 && from17, {
      path: [...runtime, 'cdi_spec_dirs'],
      value: [...cdiSpecDirs],
      defaults: [[], ['/etc/cdi', '/var/run/cdi']],
    }),
    // 2.x has it on.
    ...when(cdiSpecDirs.length > 0 && from17 && schema === 2, {
      path: [...runtime, 'enable_cdi'],
      value: true,
      defaults: [false],
    }),
    ...downloadWishes(intent.maxConcurrentDownloads, version, images, old),
  ];
}

/** One directory of plugins is all that containerd before 2.1 looks in. */
export const severalBinDirs = ({ major, minor }: Version): boolean => major > 2 || (major === 2 && minor >= 1);

/** What the kubelet had, unless it is what containerd has by itself and nobody wrote anything. */
function cniWishes(
  { confDir, binDirs }: RuntimeIntent['cni'],
  old: TomlTable | undefined,
  path: TomlPath,
  several: boolean,
): readonly Wish[] {
  const wishes: Wish[] = [];
  const written = stringsAt(old, 'bin_dirs').length > 0 || stringAt(old, 'bin_dir') !== undefined;
  const usual = binDirs.length === 1 && binDirs[0] === '/opt/cni/bin';
  if ((written || !usual) && binDirs.length > 0) {
    wishes.push(
      several
        ? { path: [...path, 'bin_dirs'], value: [...binDirs] }
        : { path: [...path, 'bin_dir'], value: binDirs[0] ?? '' },
    );
  }
  if (stringAt(old, 'conf_dir') !== undefined || confDir !== '/etc/cni/net.d') {
    wishes.push({ path: [...path, 'conf_dir'], value: confDir });
  }
  return wishes;
}

/** From 2.1 on the transfer service pulls, unless settings that it does not know keep the CRI plugin at it. */
function downloadWishes(
  downloads: number | undefined,
  version: Version,
  images: TomlPath,
  old: TomlTable,
): readonly Wish[] {
  if (downloads === undefined) return [];
  const transfer = severalBinDirs(version) && !pullsLocally(tableAt(old, ...images));
  const table = transfer ? TRANSFER : images;
  return [
    { path: [...table, 'max_concurrent_downloads'], value: BigInt(downloads), defaults: [DEFAULT_DOWNLOADS, 0n] },
  ];
}

const pullsLocally = (images: TomlTable | undefined): boolean =>
  images?.['use_local_image_pull'] === true ||
  (images?.['max_concurrent_downloads'] ?? DEFAULT_DOWNLOADS) !== DEFAULT_DOWNLOADS ||
  ['mirrors', 'configs', 'auths'].some((key) => Object.keys(tableAt(images, 'registry', key) ?? {}).length > 0);
