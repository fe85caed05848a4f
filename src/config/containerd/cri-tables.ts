import type { TomlTable } from 'smol-toml';
import { mergeTables, tableAt } from '../text/toml-document.js';
import { isTable } from '../text/toml-writer.js';

/** The CRI plugin of containerd 1.x, and what is left of it in 2.x: the streaming server. */
export const CRI_V2 = 'io.containerd.grpc.v1.cri';
export const IMAGES_V3 = 'io.containerd.cri.v1.images';
export const RUNTIME_V3 = 'io.containerd.cri.v1.runtime';

export const isCriPlugin = (id: string): boolean =>
  id === 'cri' || id === CRI_V2 || id === IMAGES_V3 || id === RUNTIME_V3;

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

/** The CRI settings of a configuration of version 1 or 2 as version 3 has them, in its three plugins. */
export function criToV3(cri: TomlTable): TomlTable {
  const images: TomlTable = {};
  const runtime: TomlTable = {};
  const streaming: TomlTable = {};
  for (const [key, value] of Object.entries(cri)) {
    if (STREAMING.has(key)) streaming[key] = value;
    else if (IMAGES.has(key)) images[key] = value;
    else if (key === 'sandbox_image') images['pinned_images'] = { sandbox: value };
    else if (key === 'containerd' && isTable(value)) {
      const entries = Object.entries(value);
      Object.assign(images, Object.fromEntries(entries.filter(([name]) => IMAGES_OF_CONTAINERD.has(name))));
      runtime[key] = Object.fromEntries(entries.filter(([name]) => !IMAGES_OF_CONTAINERD.has(name)));
    } else runtime[key] = value;
  }
  const plugins: TomlTable = { [IMAGES_V3]: images, [RUNTIME_V3]: runtime };
  return Object.keys(streaming).length > 0 ? { ...plugins, [CRI_V2]: streaming } : plugins;
}

/** All CRI plugins of a configuration, in the schema asked for; empty where it has none that the schema can hold. */
export function criPlugins(config: TomlTable, schema: 2 | 3): TomlTable {
  const plugins = tableAt(config, 'plugins') ?? {};
  const old = tableAt(plugins, 'cri') ?? (schemaOf(config) < 3 ? tableAt(plugins, CRI_V2) : undefined);
  if (schema === 2) return old === undefined ? {} : { [CRI_V2]: old };
  const own = Object.fromEntries(Object.entries(plugins).filter(([id]) => id !== 'cri' && isCriPlugin(id)));
  return old === undefined
    ? own
    : mergeTables(criToV3(old), Object.fromEntries(Object.entries(own).filter(([id]) => id !== CRI_V2)));
}

/** `version` of a configuration file; a file without one is of version 1. */
export function schemaOf(config: TomlTable): number {
  const version = config['version'];
  return typeof version === 'bigint' || typeof version === 'number' ? Number(version) : 1;
}
