import type { TomlTable } from 'smol-toml';
import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { hostsFiles } from './hosts-files.js';
import { containerdNotice } from './containerd-notice.js';
import { bundleOf, copiedCertificates, type CopiedCertificates } from './registry-certificate-files.js';
import { hasLegacyRegistries, hostsOfLegacy, legacyOfHosts, withoutLegacy } from '../registries/legacy-registries.js';
import { joinRegistryHosts } from '../registries/join-registry-hosts.js';
import { registryDirectory } from '../registries/registry-directory.js';
import { registryHosts, type HostCertificates } from '../registries/registry-hosts.js';
import type { RegistryIntent } from '../runtime-intent.js';
import { stringAt } from '../text/toml-document.js';
import type { Version } from '../version.js';

export interface RegistryInput {
  readonly registries: RegistryIntent;
  /** The `registry` table that is there. */
  readonly old: TomlTable;
  readonly version: Version;
  /** Of containerd's configuration. */
  readonly path: string;
  readonly files: Readonly<Record<string, FileFacts>>;
}

export interface RegistryOutput {
  /** The `registry` table to write. */
  readonly registry: TomlTable;
  readonly files: readonly GeneratedFile[];
  readonly notices: readonly Notice[];
}

const STANDARD_ROOT = '/etc/containerd/certs.d';

/**
 * Registries as `hosts.toml` files, or in the old style of `registry.mirrors` and `registry.configs` where containerd knows
 * nothing else (1.4), or an administrator has it and nothing has to be added. The two styles exclude each other: with both, the
 * CRI plugin does not load.
 */
export function containerdRegistry(input: RegistryInput): RegistryOutput {
  const { registries, old, version, path, files } = input;
  const configured = stringAt(old, 'config_path') ?? '';
  const configPath = configured === '' ? STANDARD_ROOT : configured;
  const roots = configPath.split(':').filter((root) => root !== '');
  const copied = copiedByHost(registries, roots, files);
  const wanted = registryHosts(registries, (host) => copied.get(host) ?? NO_CERTIFICATES);
  const copies = [...copied.values()].flatMap((one) => one.files);

  if (version.major === 1 && version.minor < 5) return inOldStyle(input, roots);
  if (!hasLegacyRegistries(old)) {
    const hosts = hostsFiles(wanted, roots, files);
    const unread = wanted.length > 0 ? unreadRoots(roots, files, path) : [];
    return {
      registry: { ...old, config_path: configPath },
      files: [...copies, ...hosts.files],
      notices: [...unread, ...hosts.notices],
    };
  }
  if (version.major === 1 && wanted.length === 0) {
    const { config_path: _excluded, ...registry } = old;
    const message = `${path} has registry.mirrors or registry.configs, so that config_path is left out: containerd does not start its CRI plugin with both`;
    const fix = `later, move them to hosts.toml files under ${STANDARD_ROOT}`;
    return { registry, files: [], notices: [containerdNotice('warning', message, fix)] };
  }
  const legacy = hostsOfLegacy(old);
  if (version.major === 1 && version.minor < 6 && legacy.some(({ hosts }) => hosts.some((host) => host.overridePath))) {
    return inOldStyle(input, roots);
  }
  const hosts = hostsFiles(joinRegistryHosts(legacy, wanted), roots, files);
  const message = `registry.mirrors and the TLS settings in registry.configs of ${path} move to hosts.toml files under ${roots[0] ?? ''}, which say the same`;
  return {
    registry: { ...withoutLegacy(old), config_path: configPath },
    files: [...copies, ...hosts.files],
    notices: [containerdNotice('warning', message, 'see in the diff that all of them are there'), ...hosts.notices],
  };
}

const NO_CERTIFICATES: HostCertificates = { ca: [], client: [] };

function copiedByHost(
  { certificates }: RegistryIntent,
  roots: readonly string[],
  files: Readonly<Record<string, FileFacts>>,
): ReadonlyMap<string, CopiedCertificates> {
  return new Map(
    certificates.map((one) => [
      one.host,
      copiedCertificates(one, registryDirectory(one.host, roots, files).path, files),
    ]),
  );
}

function inOldStyle({ registries, old, files }: RegistryInput, roots: readonly string[]): RegistryOutput {
  const { config_path: _excluded, ...rest } = old;
  const bundled = new Map(
    [...copiedByHost(registries, roots, files)].map(([host, copied]) => [
      host,
      bundleOf(copied, registryDirectory(host, roots, files).path),
    ]),
  );
  const wanted = registryHosts(registries, (host) => bundled.get(host) ?? NO_CERTIFICATES);
  return {
    registry: legacyOfHosts(rest, wanted),
    files: [...bundled.values()].flatMap((one) => one.files),
    notices: [],
  };
}

/** Only the usual directories are read on a node. */
function unreadRoots(
  roots: readonly string[],
  files: Readonly<Record<string, FileFacts>>,
  path: string,
): readonly Notice[] {
  return roots
    .filter((root) => root !== STANDARD_ROOT && root !== '/etc/docker/certs.d')
    .filter((root) => !Object.keys(files).some((file) => file.startsWith(`${root}/`)))
    .map((root) => {
      const message = `${path} has ${root} in registry.config_path, of which nothing was read; a hosts.toml there would be replaced`;
      return containerdNotice(
        'warning',
        message,
        `see that ${root} has no hosts.toml for a registry that Docker is told of`,
      );
    });
}
