import type { Found } from './found.js';

/** Names in a sentence; all are among the members. */
const NAMED = 3;

/**
 * Makes one finding of those that say the same of several nodes: in a large cluster all nodes are alike. Files of nodes
 * are left as they are, each has its place.
 */
export function mergeNodes(found: readonly Found[]): Found[] {
  const merged: Found[] = [];
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    if (one.object.kind !== 'Node' || one.file !== undefined) {
      merged.push(one);
      continue;
    }
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  for (const group of groups.values()) merged.push(oneOf(group));
  return merged;
}

/** Everything but whose it is. */
function keyOf({ object, ...finding }: Found): string {
  return JSON.stringify({
    ...finding,
    message: nameless(finding.message, object.name),
    fix: nameless(finding.fix, object.name),
  });
}

function oneOf(group: readonly Found[]): Found {
  const [first, ...others] = group.toSorted((a, b) => compare(a.object.name, b.object.name));
  if (first === undefined) throw new RangeError('a group has a finding in it');
  if (others.length === 0) return first;
  const { message, fix, object } = first;
  const names = others.slice(0, NAMED).map((one) => one.object.name);
  const among = others.length > NAMED ? `${names.join(', ')} and others` : listed(names);
  const count = others.length.toLocaleString('en-US');
  const same =
    others.length === 1 ? `The same holds for node ${among}.` : `The same holds for ${count} other nodes: ${among}.`;
  return {
    ...first,
    message: `${message} ${same}`,
    fix: nameless(fix, object.name) === fix ? fix : `${fix} The same for the other nodes, each by its name.`,
    members: [object.name, ...others.map((one) => one.object.name)],
  };
}

/** With a stand-in for the name, where it stands as a word of its own. */
function nameless(text: string, name: string): string {
  const parts = text.split(name);
  return parts.reduce((before, after) =>
    NAME_END.test(before) || NAME_START.test(after) ? `${before}${name}${after}` : `${before}\0${after}`,
  );
}

const NAME_END = /[\w.-]$/;
const NAME_START = /^(?:[\w-]|\.\w)/;

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
