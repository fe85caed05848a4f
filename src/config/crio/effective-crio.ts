import type { TomlTable, TomlValue } from 'smol-toml';
import { parseToml, tableAt } from '../text/toml-document.js';
import { isTable } from '../text/toml-writer.js';
import { crioSetting } from './crio-setting.js';
import { settingTexts } from './setting-texts.js';

/** CRI-O adds to these what storage.conf and older keys say. */
const ADDED_TO = new Set(['crio.storage_option', 'crio.network.plugin_dirs']);

/** Defaults of 1.21 to 1.23, which do not print them, for the keys that are written. */
const SILENT_DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  'crio.root': ['/var/lib/containers/storage'],
  'crio.storage_driver': ['overlay'],
  'crio.runtime.cgroup_manager': ['systemd'],
  'crio.runtime.default_runtime': ['runc'],
  'crio.runtime.log_level': ['info'],
  'crio.runtime.selinux': ['true', 'false'],
  'crio.image.pause_command': ['/pause'],
  'crio.image.pause_image': ['k8s.gcr.io/pause:3.5', 'k8s.gcr.io/pause:3.6'],
  'crio.network.network_dir': ['/etc/cni/net.d'],
  'crio.network.plugin_dirs': ['/opt/cni/bin'],
  'crio.metrics.metrics_port': ['9090'],
};

/** Keys of handlers that older versions heed and do not print. */
const HANDLER_KEYS_NOT_PRINTED = ['monitor_cgroup', 'monitor_env', 'monitor_path'];

/**
 * Where the configuration CRI-O would run with, by its own `crio config`, differs from the drop-in that was written.
 *
 * CRI-O says nothing of keys it does not know, nor of a file that is read later and sets a key otherwise. One sentence for
 * each key that did not take, without its value where that may be a secret; none when all are as written.
 */
export function crioMismatches(effective: string, written: string): readonly string[] {
  const found = parseToml(effective);
  if (!found.ok) return [`CRI-O's configuration is no TOML: line ${found.line}: ${found.reason}`];
  const meant = parseToml(written);
  if (!meant.ok) return [`the configuration written is no TOML: line ${meant.line}: ${meant.reason}`];
  return leaves(meant.value, []).flatMap(({ path, value }) => mismatch(effective, found.value, path, value) ?? []);
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: TomlValue;
}

const leaves = (table: TomlTable, path: readonly string[]): readonly Leaf[] =>
  Object.entries(table).flatMap(([key, value]) =>
    isTable(value) ? leaves(value, [...path, key]) : [{ path: [...path, key], value }],
  );

function mismatch(text: string, found: TomlTable, path: readonly string[], wanted: TomlValue): string | undefined {
  const name = path.join('.');
  if (path[2] === 'runtimes') {
    const handler = tableAt(found, ...path.slice(0, 4));
    const key = path[4] ?? '';
    if (handler === undefined) return `${name} did not take: CRI-O has no handler ${path[3] ?? ''}`;
    if (!(key in handler) && HANDLER_KEYS_NOT_PRINTED.includes(key) && !('monitor_path' in handler)) return undefined;
  }
  const setting = crioSetting(text, path);
  if (setting.said === 'nothing') {
    if (printsDefaults(text)) return `${name} did not take: CRI-O does not know it`;
    const defaults = SILENT_DEFAULTS[name] ?? [];
    if (settingTexts(wanted).every((one) => defaults.includes(one))) return undefined;
    return `${name} did not take: CRI-O's own default counts, or it does not know the key`;
  }
  const there = settingTexts(setting.value);
  const missing = settingTexts(wanted).some((one) => !there.includes(one));
  const more = !ADDED_TO.has(name) && there.length !== settingTexts(wanted).length;
  if (!missing && !more) return undefined;
  const because = setting.said === 'default' ? "CRI-O's own default counts" : 'another file says otherwise';
  return `${name} did not take: ${because}${shown(setting.value)}`;
}

/** Lists are environments and the like; a single value of a written key is none to hide. */
const shown = (value: TomlValue): string =>
  Array.isArray(value) || isTable(value) ? '' : ` (${settingTexts(value).join('')})`;

/** From 1.24 on, as comments. */
const printsDefaults = (text: string): boolean => /^# (?:runroot|log_dir|listen) = /m.test(text);
