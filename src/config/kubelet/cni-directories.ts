import { valueOf } from '../../core/fact.js';
import type { KubeletFacts, NodeInventory } from '../../core/inventory.js';

/** Where dockershim looks for networks and plugins, and the new runtime is to look. */
export function cniDirectories(
  { cni }: Pick<NodeInventory, 'cni'>,
  { flags }: KubeletFacts,
): { readonly cniConfDir: string; readonly cniBinDirs: readonly string[] } {
  const facts = valueOf(cni);
  const written = flags['cni-bin-dir'] ?? facts?.binDir ?? '/opt/cni/bin';
  const binDirs = written.split(',').map((directory) => withoutSlash(directory.trim()));
  return {
    cniConfDir: withoutSlash(flags['cni-conf-dir'] ?? facts?.confDir ?? '/etc/cni/net.d'),
    cniBinDirs: [...new Set(binDirs.filter((directory) => directory !== ''))],
  };
}

const withoutSlash = (directory: string): string => (directory.length > 1 ? directory.replace(/\/+$/, '') : directory);
