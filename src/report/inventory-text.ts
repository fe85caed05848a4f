import pc from 'picocolors';
import { valueOf } from '../core/fact.js';
import type { NodeInventory } from '../core/inventory.js';
import { nodeInventoryText } from './node-inventory-text.js';
import { printable } from './printable.js';
import { tableText } from './table-text.js';
import type { TextOptions } from './text-options.js';
import { unknownFacts } from './unknown-facts.js';

/** What was found: a table of all nodes, then each in detail, with every fact that is not known and why. */
export function inventoryText(inventories: readonly NodeInventory[], options: TextOptions): string {
  if (inventories.length === 0) return 'No nodes.\n';
  const colors = pc.createColors(options.color);
  const nodes = inventories.map((inventory) => printable(inventory));
  const heading = ['NODE', 'KUBELET', 'TALKS TO', 'RUNTIME', 'FOREIGN', 'UNKNOWN'];
  const [first = '', ...rows] = tableText([heading, ...nodes.map(row)], options.width);
  const lines = [colors.bold(first), ...rows];
  for (const node of nodes) lines.push('', ...nodeInventoryText(node, colors, options.width));
  return `${lines.join('\n')}\n`;
}

function row(inventory: NodeInventory): string[] {
  const node = valueOf(inventory.node);
  const kubelet = valueOf(inventory.kubelet);
  const docker = valueOf(inventory.docker);
  const foreign = docker?.containers.filter((container) => container.owner.kind !== 'dockershim').length;
  return [
    inventory.name,
    kubelet?.version ?? node?.kubeletVersion ?? '?',
    kubelet?.runtime.kind ?? '?',
    node?.runtimeVersion ?? '?',
    foreign === undefined ? '?' : String(foreign),
    String(unknownFacts(inventory).length),
  ];
}
