import { scalarSegments } from './scalar-segments.js';
import type { SpanNode } from './span-node.js';
import { yamlEntries } from './yaml-entries.js';
import { yamlTree, type YamlNode, type YamlPair } from './yaml-tree.js';

/** Where the values of a document stand in its text. */
export function yamlSpans(text: string): SpanNode {
  const entriesOf = yamlEntries();
  const spansOf = (node: YamlNode, pair?: YamlPair): SpanNode => {
    const { start, end, items, pairs, value } = node;
    const span = { start, end, key: pair?.key };
    if (typeof value === 'string') {
      let segments: ReturnType<typeof scalarSegments>;
      return { ...span, segments: () => (segments ??= scalarSegments(text, node, value)) };
    }
    if (items === undefined && pairs === undefined) return span;
    const children = new Map<string, SpanNode | undefined>();
    const find = (step: string): SpanNode | undefined => {
      const found = entriesOf(node).get(step);
      const item = found?.node ?? items?.[Number(step)];
      return item && spansOf(item, found);
    };
    return {
      ...span,
      child(step) {
        const name = String(step);
        if (!children.has(name)) children.set(name, find(name));
        return children.get(name);
      },
    };
  };
  return spansOf(yamlTree(text));
}
