import type { YamlNode, YamlPair } from './yaml-tree.js';

/**
 * The entries of mappings as their values have them: of equal keys the last one; what `<<` brings stands back behind all of
 * these, and of several the first. Each mapping is looked at once, however often it is merged.
 */
export function yamlEntries(): (mapping: YamlNode) => ReadonlyMap<string, YamlPair> {
  const known = new Map<YamlNode, ReadonlyMap<string, YamlPair>>();
  const entriesOf = (mapping: YamlNode): ReadonlyMap<string, YamlPair> => {
    const before = known.get(mapping);
    if (before !== undefined) return before;
    const entries = new Map<string, YamlPair>();
    const pairs = mapping.pairs ?? [];
    for (const pair of pairs) if (!pair.merge) entries.set(pair.name, pair);
    for (const { node } of pairs.filter((pair) => pair.merge)) {
      for (const source of node.items ?? [node]) {
        for (const [name, pair] of entriesOf(source)) if (!entries.has(name)) entries.set(name, pair);
      }
    }
    known.set(mapping, entries);
    return entries;
  };
  return entriesOf;
}
