import type { GeneratedFile } from '../../core/conversion.js';
import type { FileFacts } from '../../core/inventory.js';
import type { Notice } from '../../core/plan.js';
import { containerdNotice } from './containerd-notice.js';
import { certificatesBeside } from './registry-certificate-files.js';
import { hostsToml } from '../registries/hosts-toml.js';
import { joinRegistryHosts } from '../registries/join-registry-hosts.js';
import { mergeHostsToml } from '../registries/merge-hosts-toml.js';
import { registryDirectory } from '../registries/registry-directory.js';
import type { RegistryHosts } from '../registries/registry-hosts.js';
import { parseToml } from '../text/toml-document.js';
import { isWholeFile, notWhole } from '../whole-file.js';

interface HostsFiles {
  readonly files: readonly GeneratedFile[];
  readonly notices: readonly Notice[];
}

/** A `hosts.toml` for each registry, made from the one that is there. */
export function hostsFiles(
  wanted: readonly RegistryHosts[],
  roots: readonly string[],
  files: Readonly<Record<string, FileFacts>>,
): HostsFiles {
  const made = wanted.map((hosts) => hostsFile(hosts, roots, files));
  return { files: made.flatMap((one) => one.files), notices: made.flatMap((one) => one.notices) };
}

function hostsFile(
  wanted: RegistryHosts,
  roots: readonly string[],
  files: Readonly<Record<string, FileFacts>>,
): HostsFiles {
  const { registry } = wanted;
  const directory = registryDirectory(registry, roots, files);
  const path = `${directory.path}/hosts.toml`;
  const existing = files[path];
  const hidden = directory.hides === undefined ? [] : [hides(registry, path, directory.hides)];
  const file = (content: string, mode: number): GeneratedFile => ({
    ...{ group: 'runtime', path, mode, content },
    why: `how Docker reaches ${registry}`,
  });
  if (existing?.exists !== true) {
    const own = { ...wanted, server: undefined, hosts: ownHost(wanted, certificatesBeside(directory.path, files)) };
    const [all = wanted] = joinRegistryHosts([wanted], own.hosts.length === 0 ? [] : [own]);
    return { files: [file(hostsToml(all), 0o644)], notices: hidden };
  }
  if (!isWholeFile(existing)) return refused({ gate: 'containerd-config', ...notWhole(path) });
  const parsed = parseToml(existing.content);
  if (!parsed.ok) {
    const message = `${path} cannot be read: line ${parsed.line}: ${parsed.reason}`;
    return refused(containerdNotice('blocker', message, `mend line ${parsed.line} and plan again`));
  }
  const merged = mergeHostsToml(existing.content, wanted);
  if (merged === undefined) {
    const message = `${path} is written so that nothing can be added to it, and Docker's settings for ${registry} are to be`;
    const fix = `write a [host."URL"] table for each host in it, as containerd's documentation does, and plan again`;
    return refused(containerdNotice('blocker', message, fix));
  }
  const contradictions = merged.contradictions.map((one) =>
    containerdNotice(
      'warning',
      `${path} has ${one}, which stays; Docker's settings say otherwise`,
      `see which of the two is meant, and set it in ${path}`,
    ),
  );
  return { files: [file(merged.content, existing.mode)], notices: [...hidden, ...contradictions] };
}

/** The host that is the registry itself gets what was beside it. */
const ownHost = (
  { registry, hosts }: RegistryHosts,
  beside: ReturnType<typeof certificatesBeside>,
): RegistryHosts['hosts'] =>
  beside.ca.length + beside.client.length === 0
    ? []
    : hosts.filter(({ url }) => url === `https://${registry}`).map((host) => ({ ...host, ...beside }));

const hides = (registry: string, path: string, standard: string): Notice =>
  containerdNotice(
    'warning',
    `${standard} counts for registries without a directory of their own, and no more for ${registry}, which gets ${path}`,
    `see whether ${path} should say what ${standard} says`,
  );

const refused = (notice: Notice): HostsFiles => ({ files: [], notices: [notice] });
