import type { TomlTable } from 'smol-toml';
import { criPath, type Schema } from './cri-tables.js';
import { stringAt, stringsAt, tableAt } from '../text/toml-document.js';
import { setToml } from '../text/set-toml.js';
import { tomlAt, type TomlPath } from '../text/toml-path.js';
import { isTable } from '../text/toml-text.js';
import { isCriPlugin } from './cri-tables.js';

/**
 * The configuration without what keeps the CRI plugin from loading, or takes the place of what is to be set: a disabled
 * CRI, which is how Docker's packages ship it, and settings of the runtime that containerd 1.0 had.
 */
export function withoutTraps(config: TomlTable, schema: Schema): TomlTable {
  const { runtime } = criPath(schema);
  let result = config;
  const drop = (path: TomlPath): void => {
    result = setToml(result, path, undefined);
  };
  const disabled = stringsAt(config, 'disabled_plugins');
  if (disabled.some(isCriPlugin)) {
    const left = disabled.filter((id) => !isCriPlugin(id));
    result = setToml(result, ['disabled_plugins'], left.length === 0 ? undefined : left);
  }
  // A switched-off one is no more than a default written out, unless containerd does not know it any more.
  const gone = schema > 2;
  const isOn = (path: TomlPath): boolean => tomlAt(config, path) === true;
  for (const path of [
    [...runtime, 'systemd_cgroup'],
    [...runtime, 'containerd', 'no_pivot'],
  ]) {
    if (gone || isOn(path)) drop(path);
  }
  if (gone) drop([...runtime, 'disable_cgroup']);
  for (const name of ['default_runtime', 'untrusted_workload_runtime']) {
    const path = [...runtime, 'containerd', name];
    const table = tomlAt(config, path);
    if (gone || (isTable(table) && (stringAt(table, 'runtime_type') ?? '') !== '')) drop(path);
  }
  for (const name of Object.keys(tableAt(config, ...runtime, 'containerd', 'runtimes') ?? {})) {
    for (const key of ['runtime_engine', 'runtime_root']) {
      const path = [...runtime, 'containerd', 'runtimes', name, key];
      const value = tomlAt(config, path);
      if (value !== undefined && (gone || value !== '')) drop(path);
    }
  }
  return result;
}
