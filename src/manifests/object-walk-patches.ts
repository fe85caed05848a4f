import { addHostPath, looseVolumes, takePodMember } from './object-walk-pods.js';
import type { Scope, Walk } from './object-walk-scope.js';
import { takeString } from './object-walk-texts.js';
import { isMapping, type Mapping } from './mapping.js';
import { textOf } from './text-of.js';

/** An operation of RFC 6902: its value stands where its path says, not where it is written. */
export interface Patch {
  /** The last name in the path; what is added under a number or `-` is an element of that list. */
  readonly key: string;
  /** The name before. */
  readonly parent: string;
  /** Undefined where it adds nothing. */
  readonly value: unknown;
}

export function patchOf({ op, path, value }: Mapping): Patch | undefined {
  if (typeof op !== 'string' || typeof path !== 'string' || !OPERATIONS.has(op)) return undefined;
  const names = path.split('/').filter((name) => !/^(?:\d+|-)?$/.test(name));
  const adds = op === 'add' || op === 'replace';
  return { key: textOf(names.at(-1)), parent: textOf(names.at(-2)), value: adds ? value : undefined };
}

const OPERATIONS: ReadonlySet<string> = new Set(['add', 'replace', 'remove', 'test', 'move', 'copy']);

/** Its value is walked as though it stood where the patch puts it. */
export function walkPatch(walk: Walk, scope: Scope, { key, parent, value }: Patch): void {
  if (value === undefined || value === null) return;
  walk.path.push('value');
  const inside: Scope = { ...scope, pod: looseVolumes(walk, scope), whole: false };
  if (key === 'hostPath' && isMapping(value) && typeof value.path === 'string') {
    walk.path.push('path');
    addHostPath(walk, inside, value.path);
    walk.path.pop();
  } else if (typeof value === 'string') {
    if (key === 'hostPath' || (key === 'path' && parent === 'hostPath')) addHostPath(walk, inside, value);
    else takeString(walk, scope, value, key);
  } else if (!scope.pods || !takePodMember(walk, inside, { [key]: value }, key)) walk.visit(scope, value, key);
  walk.path.pop();
}
