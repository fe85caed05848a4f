import type { ValueNode } from './value-node.js';

/** The names of the keys that a value stands under, the nearest first, its own and places in lists left out. */
export function namedAbove(node: ValueNode): string[] {
  const names: string[] = [];
  for (let up = node.parent; up !== undefined; up = up.parent) {
    if (typeof up.key === 'string') names.push(up.key);
  }
  return names;
}
