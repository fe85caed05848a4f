import type { FileFacts, KubeletFacts, NodeInventory } from '../../core/inventory.js';
import { valueOf } from '../../core/fact.js';
import { containerdConfig, type ContainerdMeant } from './containerd-config.js';
import { conversionUndecided } from '../conversion-undecided.js';
import type { ConvertedFiles } from '../convert.js';
import { isWholeFile, notWhole } from '../whole-file.js';

/** containerd's `config.toml` as a file of the conversion. */
export function containerdFile(meant: ContainerdMeant, files: Readonly<Record<string, FileFacts>>): ConvertedFiles {
  const existing = files[meant.path];
  if (existing === undefined) return { files: [], notices: [conversionUndecided(meant.path, 'it was not read')] };
  const { content, problems } = containerdConfig(meant, existing.exists ? existing.content : undefined, files);
  const notices = problems.map((problem) => ({ gate: 'containerd-config', ...problem }));
  if (content === undefined) return { files: [], notices };
  if (existing.exists && !isWholeFile(existing)) {
    return { files: [], notices: [...notices, { gate: 'containerd-config', ...notWhole(meant.path) }] };
  }
  const why = `the CRI of containerd ${meant.version}, with the kubelet's cgroup driver, sandbox image and CNI directories`;
  const mode = existing.exists ? existing.mode : 0o644;
  return { files: [{ group: 'runtime', path: meant.path, mode, content, why }], notices };
}

/** Where dockershim looks for networks and plugins, and the new runtime is to look. */
export function cniDirectories(
  { cni }: Pick<NodeInventory, 'cni'>,
  { flags }: KubeletFacts,
): Pick<ContainerdMeant, 'cniConfDir' | 'cniBinDirs'> {
  const facts = valueOf(cni);
  const written = flags['cni-bin-dir'] ?? facts?.binDir ?? '/opt/cni/bin';
  const binDirs = written.split(',').map((directory) => withoutSlash(directory.trim()));
  return {
    cniConfDir: withoutSlash(flags['cni-conf-dir'] ?? facts?.confDir ?? '/etc/cni/net.d'),
    cniBinDirs: [...new Set(binDirs.filter((directory) => directory !== ''))],
  };
}

const withoutSlash = (directory: string): string => (directory.length > 1 ? directory.replace(/\/+$/, '') : directory);
