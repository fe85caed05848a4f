import type { TomlTable } from 'smol-toml';
import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { containerdNotice } from './containerd-notice.js';
import { containerdRegistry } from './containerd-registry.js';
import { inSchema, TRANSFER } from './containerd-schema.js';
import { withoutTraps } from './containerd-traps.js';
import { withWishes } from './containerd-wishes.js';
import { criWishes, severalBinDirs } from './cri-wishes.js';
import { criPath, schemaOf, type Schema } from './cri-tables.js';
import { DEFAULT_ROOT, daemonWishes } from './daemon-wishes.js';
import { unitOomScore } from './unit-oom-score.js';
import type { RuntimeIntent } from '../runtime-intent.js';
import { setToml } from '../text/set-toml.js';
import { stringAt, tableAt } from '../text/toml-document.js';
import { tomlAt } from '../text/toml-path.js';
import type { Version } from '../version.js';

export interface MeantInput {
  readonly intent: RuntimeIntent;
  /** As it was read. */
  readonly old: TomlTable;
  readonly version: Version;
  readonly schema: Schema;
  readonly path: string;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly servesDocker: boolean;
}

export interface MeantConfig {
  readonly config: TomlTable;
  /** Of registries. */
  readonly files: readonly GeneratedFile[];
  readonly notices: readonly Notice[];
}

/** The whole configuration as it is meant to be: what is there, in the schema to write, with all that must be right. */
export function meantConfig(input: MeantInput): MeantConfig {
  const { old, version, schema, path, files, servesDocker } = input;
  const intent = servesDocker ? { ...input.intent, dataRoot: undefined } : input.intent;
  const { runtime, images } = criPath(schema);
  const upgraded = inSchema(old, schema);
  const base = withoutTraps(schemaOf(old) < 3 ? withMovedDownloads(upgraded, version, schema) : upgraded, schema);
  const wishes = [
    { path: ['version'], value: BigInt(schema) },
    ...criWishes(intent, version, schema, base),
    ...daemonWishes(intent, version, schema, base, unitOomScore(files)),
  ];
  const wished = withWishes(base, wishes, path);
  const registry = containerdRegistry({
    registries: intent.registries,
    old: tableAt(base, ...images, 'registry') ?? {},
    ...{ version, path, files },
  });
  const isEmpty = Object.keys(registry.registry).length === 0;
  let config = setToml(wished.config, [...images, 'registry'], isEmpty ? undefined : registry.registry);
  // With both, containerd does not start its CRI plugin.
  if (schema > 2 && severalBinDirs(version)) config = setToml(config, [...runtime, 'cni', 'bin_dir'], undefined);
  return {
    config,
    files: registry.files,
    notices: [
      ...wished.notices,
      ...registry.notices,
      ...cniNotices(intent, version, stringAt(tableAt(base, ...runtime, 'cni'), 'conf_template')),
      ...missingHandler(intent.defaultRuntime, tableAt(config, ...runtime, 'containerd', 'runtimes'), path),
      ...defaultReplaced(tableAt(base, ...runtime, 'containerd'), intent.defaultRuntime, path),
      ...rootMoved(rootOf(base), rootOf(config)),
    ],
  };
}

/** A number of downloads that is not the CRI plugin's default keeps it from pulling by the transfer service. */
function withMovedDownloads(config: TomlTable, version: Version, schema: Schema): TomlTable {
  const from = [...criPath(schema).images, 'max_concurrent_downloads'];
  const value = tomlAt(config, from);
  if (value === undefined || schema === 2 || !severalBinDirs(version)) return config;
  return setToml(setToml(config, from, undefined), [...TRANSFER, 'max_concurrent_downloads'], value);
}

function cniNotices({ cni }: RuntimeIntent, version: Version, template: string | undefined): readonly Notice[] {
  const notices: Notice[] = [];
  const [binDir = '', second] = cni.binDirs;
  if (second !== undefined && !severalBinDirs(version)) {
    const message = `the kubelet looks for CNI plugins in ${cni.binDirs.join(' and ')}; containerd before 2.1 looks in one directory`;
    const fix = `put or link all plugins into ${binDir}, set --cni-bin-dir to it alone, and plan again`;
    notices.push(containerdNotice('blocker', message, fix));
  }
  if ((template ?? '') !== '') {
    const message =
      'containerd is told a cni.conf_template, from which it writes a network of its own beside the one of the cluster';
    const fix = 'take conf_template out unless the cluster has no other network';
    notices.push(containerdNotice('warning', message, fix));
  }
  return notices;
}

function missingHandler(name: string, handlers: TomlTable | undefined, path: string): readonly Notice[] {
  if (handlers !== undefined && name in handlers) return [];
  const message = `Docker's default runtime is ${name}, and ${path} has no handler of that name`;
  const fix = `set up the handler ${name} for containerd (nvidia: \`nvidia-ctk runtime configure --runtime=containerd\`), and plan again`;
  return [containerdNotice('blocker', message, fix)];
}

/** Docker's counts, for it is what runs the pods of the node today. */
function defaultReplaced(old: TomlTable | undefined, name: string, path: string): readonly Notice[] {
  const there = stringAt(old, 'default_runtime_name') ?? '';
  if (there === '' || there === name) return [];
  const message = `${path} has default_runtime_name = "${there}", which becomes "${name}": that is what Docker runs pods by that have no RuntimeClass`;
  return [containerdNotice('warning', message, `give pods that need ${there} a RuntimeClass with that handler`)];
}

const rootOf = (config: TomlTable): string => stringAt(config, 'root') ?? DEFAULT_ROOT;

/** Containers that run are lost to a containerd which is started with another root, and to a dockerd above it. */
function rootMoved(before: string, after: string): readonly Notice[] {
  if (before === after) return [];
  const message = `containerd's root moves from ${before} to ${after}: it no longer knows the images and containers in ${before}, Docker's own containers among them where dockerd uses this containerd`;
  const fix = `see that dockerd runs a containerd of its own, or set root = "${before}" in containerd's configuration and plan again`;
  return [containerdNotice('warning', message, fix)];
}
