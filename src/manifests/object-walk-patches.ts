import { textOf, type Mapping } from './pod-views-mapping.js';

/** An operation of RFC 6902: its value stands where its path says, not where it is written. */
export interface PatchTarget {
  /** The last name in the path; what is added under a number or `-` is an element of that list. */
  readonly key: string;
  /** The one before. */
  readonly parent: string;
  readonly adds: boolean;
}

export function patchTarget(mapping: Mapping): PatchTarget | undefined {
  const { op, path } = mapping;
  if (typeof op !== 'string' || typeof path !== 'string' || !OPERATIONS.has(op)) return undefined;
  const names = path.split('/').filter((name) => !/^(?:\d+|-)?$/.test(name));
  return { key: textOf(names.at(-1)), parent: textOf(names.at(-2)), adds: op === 'add' || op === 'replace' };
}

const OPERATIONS: ReadonlySet<string> = new Set(['add', 'replace', 'remove', 'test', 'move', 'copy']);
