import type { NodeInventory } from '../core/inventory.js';
import { containerOwners } from './container-owners.js';
import { counted } from './counted.js';
import { sizeText } from './size-text.js';

/** Docker Engine, and its containers by owner. */
export function dockerLines({ docker }: NodeInventory): string[] {
  if (!docker.known) return [];
  const facts = docker.value;
  const images = facts.images.reduce((total, image) => total + image.sizeBytes, 0);
  const options = [
    `storage ${facts.storageDriver}`,
    `cgroup driver ${facts.cgroupDriver}`,
    `logs ${facts.loggingDriver}`,
    ...(facts.liveRestore ? ['live-restore'] : []),
    `swarm ${facts.swarmState}`,
  ];
  return [
    `${facts.version} (API ${facts.apiVersion}) in ${facts.rootDir}`,
    options.join(', '),
    ...(facts.containers.length === 0 ? ['no containers'] : containerOwners(facts.containers)),
    `${counted(facts.images.length, 'image')}, ${sizeText(images)} with shared layers counted each time`,
  ];
}
