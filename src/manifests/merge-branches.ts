import { scalarSegments } from './scalar-segments.js';
import type { Span, SpanNode } from './span-node.js';
import { yamlEntries } from './yaml-entries.js';
import type { YamlNode, YamlPair } from './yaml-tree.js';

/** A value of a template and where it and the values in it stand. */
export interface BranchValue {
  readonly value: unknown;
  readonly spans: SpanNode;
}

/** A template with more alternatives in one place hides the rest. */
const MAX_ALTERNATIVES = 8;

/**
 * The value of a document in which branches of a template stand one after the other, so that a mapping may have a key twice:
 * lists are joined, mappings are merged, and of other values the nearest list item around gets a twin for each. What is in no
 * list becomes several documents. This way the last branch hides none before it.
 */
export function mergeBranches(text: string, root: YamlNode, restore: (value: string) => string): BranchValue[] {
  const entriesOf = yamlEntries();
  const known = new Map<YamlNode, BranchValue[]>();
  const build = (node: YamlNode): BranchValue[] => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const built =
      node.items !== undefined
        ? [listOf(node, node.items)]
        : node.pairs !== undefined
          ? mappingsOf(node, node.pairs)
          : [scalarOf(node)];
    known.set(node, built);
    return built;
  };
  const scalarOf = (node: YamlNode): BranchValue => {
    const { start, end, value } = node;
    if (typeof value !== 'string') return { value, spans: { start, end } };
    return { value: restore(value), spans: { start, end, segments: () => scalarSegments(text, node, value) } };
  };
  const listOf = ({ start, end }: Span, items: readonly YamlNode[]): BranchValue => {
    const built = items.flatMap(build);
    return {
      value: built.map(({ value }) => value),
      spans: { start, end, child: (step) => built[Number(step)]?.spans },
    };
  };
  const mappingsOf = (node: Span, pairs: readonly YamlPair[]): BranchValue[] => {
    const entries = [...groupsOf(pairs, entriesOf)].map(([name, group]) => ({
      name: restore(name),
      key: group[0]?.key,
      choices: choicesOf(group),
    }));
    const mapping = (chosen: number, choice: number): BranchValue => {
      const picked = entries.map(({ name, key, choices }, index) => ({
        name,
        key,
        ...(choices[index === chosen ? choice : 0] as BranchValue),
      }));
      const spans = new Map(picked.map(({ name, key, spans }) => [name, { ...spans, key }]));
      return {
        value: Object.fromEntries(picked.map(({ name, value }) => [name, value])),
        spans: { start: node.start, end: node.end, child: (step) => spans.get(String(step)) },
      };
    };
    const twins = entries.flatMap(({ choices }, chosen) =>
      choices.slice(1).map((_, index) => mapping(chosen, index + 1)),
    );
    return [mapping(-1, 0), ...twins].slice(0, MAX_ALTERNATIVES);
  };
  const choicesOf = (group: readonly YamlPair[]): BranchValue[] => {
    const nodes = group.map(({ node }) => node);
    if (nodes.length === 1) return build(nodes[0] as YamlNode);
    const span = nodes[0] as YamlNode;
    const items = nodes.flatMap((node) => node.items ?? []);
    const pairs = nodes.flatMap((node) => node.pairs ?? []);
    const scalars = nodes
      .filter((node) => node.items === undefined && node.pairs === undefined && node.value !== null)
      .slice(0, MAX_ALTERNATIVES);
    const different = scalars.filter((node, index) => scalars.findIndex(({ value }) => value === node.value) === index);
    const choices = [
      ...(items.length > 0 ? [listOf(span, items)] : []),
      ...(pairs.length > 0 ? mappingsOf(span, pairs) : []),
      ...different.map(scalarOf),
    ];
    return choices.length > 0 ? choices : build(span);
  };
  return build(root);
}

/** Pairs by name; those that `<<` brings only where there are none of the mapping's own. */
function groupsOf(
  pairs: readonly YamlPair[],
  entriesOf: (mapping: YamlNode) => ReadonlyMap<string, YamlPair>,
): Map<string, YamlPair[]> {
  const groups = new Map<string, YamlPair[]>();
  for (const pair of pairs) {
    if (pair.merge) continue;
    const group = groups.get(pair.name);
    if (group === undefined) groups.set(pair.name, [pair]);
    else group.push(pair);
  }
  for (const { node } of pairs.filter(({ merge }) => merge)) {
    for (const source of node.items ?? [node]) {
      for (const [name, pair] of entriesOf(source)) if (!groups.has(name)) groups.set(name, [pair]);
    }
  }
  return groups;
}
