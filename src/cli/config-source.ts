import { stat } from 'node:fs/promises';
import { collectFolder } from '../collect/collect-folder.js';
import { MigrateError, messageOf } from '../core/errors.js';
import { known, valueOf } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import type { ReadHost } from '../core/ports.js';
import type { ConfigTarget } from './config-target.js';
import { nodesToLookAt } from './nodes-to-look-at.js';
import type { Settings } from './settings.js';
import { clusterIfThere, openFolder, wire, type Connection, type Wiring } from './wire.js';

/** What is converted, and where it was read. */
export interface ConfigSource {
  readonly inventory: NodeInventory;
  /** `1.6.0`; empty where it is not known. */
  readonly version: string;
  /** The kubelet's, as it is to be told: `1.23`. */
  readonly kubelet: string;
  /** What was taken for granted: sentences without a full stop. */
  readonly assumptions: readonly string[];
  /** Nothing of the kubelet's was there to be converted. */
  readonly kubeletAssumed: boolean;
  /** The true text of a file, secrets included. */
  text(path: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface ConfigSourceInput {
  /** A daemon.json, a folder laid out as below a node's root, or a node. */
  readonly from: string;
  readonly target: ConfigTarget;
  /** `1.23.0`. */
  readonly kubelet: string | undefined;
  readonly settings: Settings;
}

/** Opens what `--from` names; what is there as a file or folder is no node. */
export async function configSource(input: ConfigSourceInput): Promise<ConfigSource> {
  const { from, target, kubelet } = input;
  const type = await typeOf(from);
  if (type === undefined) return nodeSource(input);
  if (type === 'other') throw new MigrateError('input', `${from} is neither a file nor a folder`);
  if (target.version === undefined) {
    throw new MigrateError('usage', `--target ${target.kind} says no version, and ${from} does not either`, {
      hint: `Name it: --target ${target.kind}@${EXAMPLES[target.kind]}.`,
    });
  }
  const host = await openFolder(from, type);
  const found = await collectFolder({ host, target: { kind: target.kind, version: target.version }, kubelet });
  const version = valueOf(found.inventory.kubelet)?.version ?? '';
  // Where nobody named a patch none is meant.
  return {
    ...found,
    version: target.version,
    kubelet: version.replace(/\.0$/, ''),
    text: textFrom(host),
    close: () => Promise.resolve(),
  };
}

const EXAMPLES = { containerd: '1.6', crio: '1.31', 'cri-dockerd': '0.3' } as const;

async function nodeSource({ from, target, kubelet, settings }: ConfigSourceInput): Promise<ConfigSource> {
  if (/[/\\]/.test(from) || from === '') throw new MigrateError('not-found', `there is no file or folder ${from}`);
  const wiring = wire(settings);
  try {
    const kube = await clusterIfThere(wiring.kube);
    const connection = await connected(wiring, kube, from, settings);
    const inventory = withVersions(await connection.collect(kube), target, kubelet);
    return {
      inventory,
      version: versionIn(inventory, target),
      kubelet: valueOf(inventory.kubelet)?.version ?? '',
      assumptions: [],
      kubeletAssumed: false,
      text: textFrom(connection.readHost),
      close: () => wiring.close(),
    };
  } catch (error) {
    await wiring.close();
    throw error;
  }
}

/** A name that leads nowhere may have been meant as a file's. */
async function connected(
  wiring: Wiring,
  kube: Parameters<typeof nodesToLookAt>[0],
  name: string,
  { via }: Settings,
): Promise<Connection> {
  try {
    const [node] = await nodesToLookAt(kube, [name], via);
    return await wiring.connect(name, node?.internalIp);
  } catch (error) {
    if (!(error instanceof MigrateError) || error.code === 'bug') throw error;
    const details = error.hint === undefined ? { cause: error } : { cause: error, hint: error.hint };
    throw new MigrateError(error.code, `there is no file or folder ${name}, and as a node: ${error.message}`, details);
  }
}

/** The node as it would be with the versions that were asked for. */
function withVersions(inventory: NodeInventory, target: ConfigTarget, kubelet: string | undefined): NodeInventory {
  const asked =
    kubelet === undefined || !inventory.kubelet.known
      ? inventory
      : {
          ...inventory,
          kubelet: { ...inventory.kubelet, value: { ...inventory.kubelet.value, version: kubelet } },
        };
  const { version } = target;
  if (version === undefined) return asked;
  const from = '--target';
  // What an installed one of another version runs with says nothing of the one that was asked for.
  switch (target.kind) {
    case 'containerd': {
      const there = valueOf(asked.containerd);
      const effectiveConfig = there?.version === version ? there.effectiveConfig : undefined;
      return { ...asked, containerd: known({ binary: there?.binary ?? 'containerd', version, effectiveConfig }, from) };
    }
    case 'crio': {
      const there = valueOf(asked.crio) ?? {
        ...{ binary: 'crio', configPath: '/etc/crio/crio.conf', configDir: '/etc/crio/crio.conf.d' },
        ...{ version, effectiveConfig: undefined },
      };
      const effectiveConfig = there.version === version ? there.effectiveConfig : undefined;
      return { ...asked, crio: known({ ...there, version, effectiveConfig }, from) };
    }
    case 'cri-dockerd': {
      const there = valueOf(asked.criDockerd) ?? { binary: 'cri-dockerd', unit: 'cri-docker.service', execStart: '' };
      return { ...asked, criDockerd: known({ ...there, version }, from) };
    }
  }
}

/** Errors: `not-found` where the runtime's version is neither said nor installed. */
function versionIn(inventory: NodeInventory, { kind }: ConfigTarget): string {
  const fact = { containerd: inventory.containerd, crio: inventory.crio, 'cri-dockerd': inventory.criDockerd }[kind];
  if (fact.known) return fact.value.version;
  throw new MigrateError('not-found', `the version of ${kind} is not known: ${fact.why}`, {
    hint: `Name it: --target ${kind}@${EXAMPLES[kind]}.`,
  });
}

const textFrom =
  (host: ReadHost) =>
  async (path: string): Promise<string | undefined> => {
    const bytes = await host.readFile(path);
    return bytes === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  };

async function typeOf(path: string): Promise<'file' | 'folder' | 'other' | undefined> {
  try {
    const stats = await stat(path);
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new MigrateError('input', `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
