import type { TomlTable, TomlValue } from 'smol-toml';
import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { parseEnvFile } from '../text/env-file.js';
import { splitWords } from '../text/split-words.js';
import { isTable } from '../text/toml-writer.js';
import { parseUnitFile } from '../text/unit-file.js';
import { crioNotice } from './crio-notice.js';
import type { CrioSource, CrioSources } from './crio-sources.js';
import { settingTexts } from './setting-texts.js';

const ENV_FILES = ['/etc/sysconfig/crio', '/etc/default/crio'];

/** Flags of `crio` that are not named as their keys are. */
const FLAG_OF: Readonly<Record<string, string>> = {
  network_dir: 'cni-config-dir',
  plugin_dirs: 'cni-plugin-dir',
  storage_option: 'storage-opt',
};

/** What of a drop-in that is going to be written would not count, or would change what somebody else set. */
export function crioOverrides(
  written: TomlTable,
  sources: CrioSources,
  files: Readonly<Record<string, FileFacts>>,
  own: string,
): readonly Notice[] {
  const leaves = leavesOf(written, []);
  return [
    ...sources.after.flatMap((source) => otherwise(leaves, source).map((key) => masked(source.path, key, own))),
    ...sources.before.flatMap((source) => otherwise(leaves, source).map((key) => changed(source.path, key, own))),
    ...flagsOf(files).flatMap(({ path, name, value }) =>
      leaves
        .filter((leaf) => flagName(leaf) === name && !(value !== undefined && sameText(leaf.value, value)))
        .map(({ path: key }) => byFlag(path, name, key.join('.'))),
    ),
  ];
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: TomlValue;
}

function leavesOf(table: TomlTable, path: readonly string[]): readonly Leaf[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const inner = [...path, key];
    // Handlers are compared where they are made.
    if (inner.join('.') === 'crio.runtime.runtimes') return [];
    return isTable(value) ? leavesOf(value, inner) : [{ path: inner, value }];
  });
}

/** Keys of which a file says something else. */
function otherwise(leaves: readonly Leaf[], { table }: CrioSource): readonly string[] {
  return leaves.flatMap(({ path, value }) => {
    const there = valueAt(table, path);
    return there === undefined || sameText(there, value) ? [] : [path.join('.')];
  });
}

function valueAt(table: TomlTable, path: readonly string[]): TomlValue | undefined {
  let value: TomlValue | undefined = table;
  for (const key of path) value = isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

const sameText = (a: TomlValue, b: TomlValue): boolean => settingTexts(a).join('\n') === settingTexts(b).join('\n');

interface SetFlag {
  readonly path: string;
  readonly name: string;
  readonly value: string | undefined;
}

/** Flags count more than files: those of the unit, and those of the files it takes them from. */
function flagsOf(files: Readonly<Record<string, FileFacts>>): readonly SetFlag[] {
  const ofFiles = ENV_FILES.flatMap((path) => {
    const parsed = parseEnvFile(files[path]?.exists === true ? files[path].content : '');
    const options = parsed.ok ? parsed.value.filter(({ name }) => /^CRIO_\w+_OPTIONS$/.test(name)) : [];
    return options.map(({ value }) => ({ path, value }));
  });
  const ofUnits = Object.entries(files)
    .filter(([path, file]) => file.exists && /\/crio\.service(?:\.d\/[^/]+\.conf)?$/.test(path))
    .flatMap(([path, file]) =>
      parseUnitFile(file.content)
        .filter(({ section, key }) => section === 'Service' && key === 'ExecStart')
        .map(({ value }) => ({ path, value })),
    );
  return [...ofFiles, ...ofUnits].flatMap(({ path, value }) => {
    const words = splitWords(value);
    const all = words.ok ? words.value.map((word) => word.value) : [];
    return all.flatMap((word, at): SetFlag[] => {
      const [, name, equal] = /^--([a-z][a-z-]*)(?:=([^]*))?$/.exec(word) ?? [];
      const next = all[at + 1];
      const follows = next === undefined || next.startsWith('-') ? undefined : next;
      return name === undefined ? [] : [{ path, name, value: equal ?? follows }];
    });
  });
}

const flagName = ({ path }: Leaf): string => {
  const key = path.at(-1) ?? '';
  return FLAG_OF[key] ?? key.replaceAll('_', '-');
};

const masked = (path: string, key: string, own: string): Notice =>
  crioNotice(
    'blocker',
    `${path} sets ${key} otherwise, and CRI-O reads it after ${own}, which would not count`,
    `take ${key} out of ${path}, and plan again`,
  );

const changed = (path: string, key: string, own: string): Notice =>
  crioNotice(
    'warning',
    `${path} sets ${key} otherwise; ${own} is read after it and counts, as Docker and the kubelet have it`,
    `see that nothing else relies on ${key} of ${path}`,
  );

const byFlag = (path: string, name: string, key: string): Notice =>
  crioNotice(
    'blocker',
    `${path} starts CRI-O with --${name}, which counts more than ${key} of any file`,
    `take --${name} out of ${path}, and plan again`,
  );
