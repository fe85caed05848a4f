import type { TomlTable, TomlValue } from 'smol-toml';
import type { Version } from '../version.js';
import { V1_PLUGINS } from './containerd-v1-plugins.js';
import { CRI_V2, criOfV2, criPathInV3, isCriPlugin, schemaOf, type Schema } from './cri-tables.js';
import { stringsAt, tableAt, withoutKeys } from '../text/toml-document.js';
import { tomlAt, tomlLeaves, type TomlPath } from '../text/toml-path.js';
import { setToml } from '../text/set-toml.js';
import { isTable } from '../text/toml-text.js';

/** What pulls images from 2.1 on. */
export const TRANSFER = ['plugins', 'io.containerd.transfer.v1.local'];

const V4_SERVER = 'io.containerd.server.v1.';

/** The schema to write: that of the containerd that is there. A file of version 4 stays one where it can be read. */
export function schemaFor({ major, minor }: Version, old: number): Schema {
  if (major < 2) return 2;
  return old >= 4 && (major > 2 || minor >= 3) ? 4 : 3;
}

/** Plugins of version 1 that version 2 has no known name for. */
export const unknownPlugins = (config: TomlTable): readonly string[] =>
  [...Object.keys(tableAt(config, 'plugins') ?? {}), ...stringsAt(config, 'disabled_plugins')].filter(
    (id) => schemaOf(config) === 1 && !id.includes('.') && id !== 'cri' && V1_PLUGINS[id] === undefined,
  );

/** A configuration in another schema, as far as it says anything there: 1.x does not read the CRI sections of version 3. */
export function inSchema(config: TomlTable, schema: Schema): TomlTable {
  const from = schemaOf(config);
  if (from === schema) return config;
  const plugins = Object.entries(tableAt(config, 'plugins') ?? {});
  const others = plugins.filter(([id]) => !isCriPlugin(id) || (schema > 2 && from > 2));
  const rest: TomlTable = {
    ...withoutKeys(config, 'plugins'),
    version: BigInt(schema),
    ...('disabled_plugins' in config ? { disabled_plugins: stringsAt(config, 'disabled_plugins').map(fullName) } : {}),
  };
  let result: TomlTable =
    'plugins' in config
      ? { ...rest, plugins: Object.fromEntries(others.map(([id, value]) => [fullName(id), value])) }
      : rest;
  const cri = criOfV2(config);
  for (const [path, value] of cri === undefined ? [] : leavesAndEmptyTables(cri)) {
    result = setToml(result, schema === 2 ? ['plugins', CRI_V2, ...path] : criPathInV3(path), value);
  }
  return schema === 4 ? serverTables(result) : result;
}

/** Where a path of the old file is in the schema that is written, for the comments beside it. */
export function movedPath(from: number, version: Version): (path: TomlPath) => TomlPath | undefined {
  const schema = schemaFor(version, from);
  return ([first, id, ...rest]) => {
    if (first !== 'plugins' || id === undefined) return undefined;
    const isCri = id === 'cri' || id === CRI_V2;
    const below = schema > 2 && from < 3 && isCri ? criPathInV3(rest) : ['plugins', fullName(id), ...rest];
    if (schema === 2 || version.minor < 1) return below;
    if (below.at(-1) === 'bin_dir') return [...below.slice(0, -1), 'bin_dirs'];
    return isCri && below.at(-1) === 'max_concurrent_downloads' ? [...TRANSFER, 'max_concurrent_downloads'] : below;
  };
}

const fullName = (id: string): string => (id === 'cri' ? CRI_V2 : (V1_PLUGINS[id] ?? id));

/** An empty table may stand for a handler. */
function leavesAndEmptyTables(table: TomlTable, above: TomlPath = []): readonly (readonly [TomlPath, TomlValue])[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const path = [...above, key];
    return isTable(value) && Object.keys(value).length > 0
      ? leavesAndEmptyTables(value, path)
      : [[path, value] as const];
  });
}

/** The servers are plugins from version 4 on; of `debug` the level and the format stay. */
function serverTables(config: TomlTable): TomlTable {
  let result = config;
  for (const [path, value] of tomlLeaves(withoutKeys(config, 'plugins'))) {
    const to = serverPath(path);
    if (to !== undefined && tomlAt(result, to) === undefined)
      result = setToml(setToml(result, path, undefined), to, value);
  }
  return result;
}

function serverPath([table, key = '', ...rest]: TomlPath): TomlPath | undefined {
  const plugin = (name: string, ...keys: readonly string[]): TomlPath => [
    'plugins',
    V4_SERVER + name,
    ...keys,
    ...rest,
  ];
  switch (table) {
    case 'grpc':
      return key.startsWith('tcp_') ? plugin('grpc-tcp', key.slice(4)) : plugin('grpc', key);
    case 'ttrpc':
      return plugin('ttrpc', key);
    case 'metrics':
      return key === 'grpc_histogram'
        ? ['plugins', 'io.containerd.metrics.v1.grpc-prometheus', key]
        : plugin('metrics', key);
    case 'debug':
      return key === 'level' || key === 'format' ? undefined : plugin('debug', key);
    default:
      return undefined;
  }
}
