import type { Path } from '../../manifests/place.js';
import type { ValueNode } from './value-node.js';

/** A value under a key, or at an index, of another one. */
export function valueNodeBelow(parent: ValueNode, key: string | number, value: unknown): ValueNode {
  return {
    key,
    value,
    parent,
    depth: parent.depth + 1,
    get path(): Path {
      return [...parent.path, key];
    },
  };
}
