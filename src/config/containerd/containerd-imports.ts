import type { TomlTable } from 'smol-toml';
import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { containerdNotice } from './containerd-notice.js';
import { inSchema } from './containerd-schema.js';
import { settingName } from './containerd-wishes.js';
import { CRI_V2, criPath, isCriPlugin, schemaOf, type Schema } from './cri-tables.js';
import { importedPaths } from './imported-paths.js';
import { parseToml, stringAt, stringsAt, tableAt } from '../text/toml-document.js';
import { tomlEqual } from '../text/toml-equal.js';
import { startsWith, tomlAt, tomlLeaves, type TomlPath } from '../text/toml-path.js';

type Files = Readonly<Record<string, FileFacts>>;

/** What the drop-ins of a containerd configuration do to one that is about to be written. */
export function importNotices(path: string, config: TomlTable, schema: Schema, files: Files): readonly Notice[] {
  const seen = new Set([path]);
  const follow = (from: string, table: TomlTable): readonly Notice[] =>
    importedPaths(from, stringsAt(table, 'imports'), schema, files).flatMap((imported): readonly Notice[] => {
      if (seen.has(imported)) return [];
      seen.add(imported);
      const file = files[imported];
      if (file === undefined) {
        const message = `${from} imports ${imported}, which was not read; CRI settings in it would hide the new ones`;
        return [containerdNotice('warning', message, `look into ${imported}, or take the import out`)];
      }
      if (!file.exists) {
        const message = `${from} imports ${imported}, which is not there, and containerd does not start without it`;
        return [containerdNotice('blocker', message, `take the import out of ${from}, and plan again`)];
      }
      const parsed = parseToml(file.content);
      if (!parsed.ok) {
        const message = `${imported}, a drop-in of containerd, cannot be read: line ${parsed.line}: ${parsed.reason}`;
        return [containerdNotice('blocker', message, `mend line ${parsed.line} and plan again`)];
      }
      return [...problemsOf(imported, parsed.value, config, schema), ...follow(imported, parsed.value)];
    });
  return follow(path, config);
}

function problemsOf(path: string, dropIn: TomlTable, config: TomlTable, schema: Schema): readonly Notice[] {
  const disabled = stringsAt(dropIn, 'disabled_plugins').filter(isCriPlugin);
  if (disabled.length > 0) {
    const message = `${path} disables the CRI plugin (${disabled.join(', ')}), which no other file can take back`;
    return [containerdNotice('blocker', message, `take ${disabled.join(', ')} out of disabled_plugins there`)];
  }
  if (schemaOf(dropIn) > schema && schema > 2) {
    const message = `${path} is of version ${schemaOf(dropIn)}, and containerd does not start with a drop-in that is newer than its main file`;
    return [containerdNotice('blocker', message, `write ${path} in version ${schema}, and plan again`)];
  }
  const changed = changedSettings(inDropInSchema(dropIn, schema), config, schema).map(settingName);
  if (changed.length === 0) return [];
  const shown =
    changed.length > 8 ? `${changed.slice(0, 8).join(', ')} and ${changed.length - 8} more` : changed.join(', ');
  const masks = schema === 2 && tableAt(dropIn, 'plugins', CRI_V2) !== undefined;
  const message = masks
    ? `${path} holds settings of the CRI plugin, and containerd 1.x uses them in place of all that ${config === dropIn ? 'is' : 'the main file has'}; otherwise than meant are ${shown}`
    : `${path} changes what is to be written: ${shown}`;
  const fix = masks
    ? `move its CRI section into the main file, or set these in ${path} as the main file is to have them, and plan again`
    : `take them out of ${path}, and plan again`;
  return [containerdNotice('blocker', message, fix)];
}

/** A drop-in has the names of the main file's version; 1.x does not read what version 3 calls them. */
const inDropInSchema = (dropIn: TomlTable, schema: Schema): TomlTable =>
  schema === 2 || schemaOf(dropIn) >= 3 ? dropIn : inSchema({ version: 2n, ...dropIn }, schema);

/** Settings of the file that are not what they are meant to be once the drop-in was read as well. */
function changedSettings(dropIn: TomlTable, config: TomlTable, schema: Schema): readonly TomlPath[] {
  const masked = schema === 2 ? Object.keys(tableAt(dropIn, 'plugins') ?? {}).map((id) => ['plugins', id]) : [];
  const meant = tomlLeaves(config).filter(([[first]]) => first !== 'imports' && first !== 'version');
  const changed = meant.filter(([path, value]) => {
    const found = tomlAt(dropIn, path);
    // 1.x does not merge plugins: what the drop-in does not say is the default again.
    if (found === undefined) return masked.some((plugin) => startsWith(path, plugin)) && !isNothing(value);
    return !tomlEqual(found, value);
  });
  return [...changed.map(([path]) => path), ...otherDrivers(dropIn, config, schema)];
}

const isNothing = (value: unknown): boolean =>
  value === '' || value === false || value === 0n || (Array.isArray(value) && value.length === 0);

/** Handlers that only the drop-in has must have the kubelet's cgroup driver, too. */
function otherDrivers(dropIn: TomlTable, config: TomlTable, schema: Schema): readonly TomlPath[] {
  const runtimes = [...criPath(schema).runtime, 'containerd', 'runtimes'];
  const driver = tomlAt(config, [...runtimes, 'runc', 'options', 'SystemdCgroup']);
  const known = Object.keys(tableAt(config, ...runtimes) ?? {});
  return Object.keys(tableAt(dropIn, ...runtimes) ?? {})
    .filter((name) => !known.includes(name))
    .filter((name) =>
      /^io\.containerd\.runc\.v\d$/.test(stringAt(tableAt(dropIn, ...runtimes, name), 'runtime_type') ?? ''),
    )
    .map((name) => [...runtimes, name, 'options', 'SystemdCgroup'])
    .filter((path) => (tomlAt(dropIn, path) ?? false) !== driver);
}
