import type { TomlTable } from 'smol-toml';
import { tableAt } from '../text/toml-document.js';
import type { TomlPath } from '../text/toml-path.js';

/** The CRI plugin of containerd 1.x, and what is left of it in 2.x: the streaming server. */
export const CRI_V2 = 'io.containerd.grpc.v1.cri';
export const IMAGES_V3 = 'io.containerd.cri.v1.images';
export const RUNTIME_V3 = 'io.containerd.cri.v1.runtime';

/** Of version 4, which has no CRI sections of its own. */
export type Schema = 2 | 3 | 4;

export const isCriPlugin = (id: string): boolean =>
  id === 'cri' || id === CRI_V2 || id === IMAGES_V3 || id === RUNTIME_V3;

/** `version` of a configuration file; a file without one is of version 1. */
export function schemaOf(config: TomlTable): number {
  const version = config['version'];
  return typeof version === 'bigint' || typeof version === 'number' ? Number(version) : 1;
}

/** Where the CRI settings for the runtime and for images are: in one plugin, or in two. */
export const criPath = (schema: Schema) =>
  schema === 2
    ? ({ runtime: ['plugins', CRI_V2], images: ['plugins', CRI_V2] } as const)
    : ({ runtime: ['plugins', RUNTIME_V3], images: ['plugins', IMAGES_V3] } as const);

const STREAMING = new Set([
  'disable_tcp_service',
  'stream_server_address',
  'stream_server_port',
  'stream_idle_timeout',
  'enable_tls_streaming',
  'x509_key_pair_streaming',
]);

const IMAGES = new Set([
  'registry',
  'image_decryption',
  'max_concurrent_downloads',
  'image_pull_progress_timeout',
  'image_pull_with_sync_fs',
  'stats_collect_period',
]);

const IMAGES_OF_CONTAINERD = new Set(['snapshotter', 'disable_snapshot_annotations', 'discard_unpacked_layers']);

/** Where a path below the CRI plugin of versions 1 and 2 is in version 3, in one of its three plugins. */
export function criPathInV3([first, ...rest]: TomlPath): TomlPath {
  if (first === undefined) return ['plugins', RUNTIME_V3];
  if (STREAMING.has(first)) return ['plugins', CRI_V2, first, ...rest];
  if (IMAGES.has(first)) return ['plugins', IMAGES_V3, first, ...rest];
  if (first === 'sandbox_image') return ['plugins', IMAGES_V3, 'pinned_images', 'sandbox'];
  const [second = ''] = rest;
  return first === 'containerd' && IMAGES_OF_CONTAINERD.has(second)
    ? ['plugins', IMAGES_V3, ...rest]
    : ['plugins', RUNTIME_V3, first, ...rest];
}

/** The CRI settings of a file of version 1 or 2. */
export const criOfV2 = (config: TomlTable): TomlTable | undefined => {
  const plugins = tableAt(config, 'plugins');
  return tableAt(plugins, 'cri') ?? (schemaOf(config) < 3 ? tableAt(plugins, CRI_V2) : undefined);
};
