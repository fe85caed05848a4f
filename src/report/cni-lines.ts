import type { NodeInventory } from '../core/inventory.js';

/** The pods' networks, in the order in which a runtime picks them. */
export function cniLines({ cni }: NodeInventory): string[] {
  if (!cni.known) return [];
  const { confDir, binDir, networks, binaries } = cni.value;
  const found = networks.map(
    ({ file, name, cniVersion, pluginTypes }) => `${file}: ${name}, version ${cniVersion} (${pluginTypes.join(', ')})`,
  );
  const plugins = binaries.length === 0 ? 'none' : binaries.join(' ');
  return [...(found.length === 0 ? [`no network in ${confDir}`] : found), `plugins in ${binDir}: ${plugins}`];
}
