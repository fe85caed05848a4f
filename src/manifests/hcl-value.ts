import type { HclEntry, HclValue } from './hcl-node.js';
import type { Span, SpanNode } from './span-node.js';

/** A plain value and where it and the values in it stand. */
export interface PlacedValue {
  readonly value: unknown;
  readonly spans: SpanNode;
}

export function hclValue(node: HclValue): PlacedValue {
  const { start, end } = node;
  switch (node.kind) {
    case 'scalar':
      return { value: node.value, spans: { start, end, ...(node.segments && { segments: node.segments }) } };
    case 'list':
      return placedList(node, node.items.map(hclValue));
    case 'object':
      return placedObject(node, node.entries.map(hclEntry));
  }
}

export interface PlacedEntry extends PlacedValue {
  readonly name: string;
  readonly key: Span;
}

export const hclEntry = ({ name, key, value }: HclEntry): PlacedEntry => ({ name, key, ...hclValue(value) });

export function placedList({ start, end }: Span, items: readonly PlacedValue[]): PlacedValue {
  return { value: items.map(({ value }) => value), spans: { start, end, child: (step) => items[Number(step)]?.spans } };
}

/** Of equal names the last one counts. */
export function placedObject({ start, end }: Span, entries: readonly PlacedEntry[]): PlacedValue {
  const children = new Map(entries.map(({ name, key, spans }) => [name, { ...spans, key }]));
  return {
    value: Object.fromEntries(entries.map(({ name, value }) => [name, value])),
    spans: { start, end, child: (step) => children.get(String(step)) },
  };
}
