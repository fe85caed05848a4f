import { loadYaml, type YamlState } from './load-yaml.js';
import type { Span } from './span-node.js';
import { skipBlank } from './skip-blank.js';
import { aliasEnd, contentStart, trimmedEnd } from './yaml-content.js';

/** A node of a YAML text as js-yaml's parser went over it, with its quotes but without tags and anchors. */
export interface YamlNode extends Span {
  readonly value: unknown;
  readonly items?: readonly YamlNode[];
  /** In the text's order, with equal keys as often as they stand there. */
  readonly pairs?: readonly YamlPair[];
}

export interface YamlPair {
  readonly key: Span;
  /** The key's name in the value that js-yaml makes. */
  readonly name: string;
  readonly node: YamlNode;
  /** `<<`: what is in the node, or in the nodes in it, belongs to this mapping. */
  readonly merge: boolean;
}

interface OpenNode {
  readonly position: number;
  readonly children: ClosedNode[];
}

/** Where a node was read; for an alias that is not where its node stands. */
interface ClosedNode extends Span {
  readonly opened: number;
  readonly node: YamlNode;
  readonly merge: boolean;
}

/**
 * The nodes of a text with one document. js-yaml keeps no tree, but tells a listener where it opens and closes each node. It
 * opens nodes on trial, too: each that stands where a mapping may begin is first read as the key of one.
 * Throws as {@link loadYaml} does.
 */
export function yamlTree(text: string): YamlNode {
  const anchors = new Map<string, YamlNode>();
  const stack: OpenNode[] = [];
  let root: YamlNode = { start: 0, end: text.length, value: undefined };
  loadYaml(text, (event, state) => {
    if (event === 'open') {
      stack.push({ position: state.position, children: [] });
      return;
    }
    const open = stack.pop();
    if (open === undefined) return;
    const closed = closeNode(text, open, state, anchors);
    if (state.anchor !== null) anchors.set(state.anchor, closed.node);
    const siblings = stack.at(-1)?.children;
    if (siblings === undefined) root = closed.node;
    else {
      // A second try from the same place: what the first one read is void.
      while (siblings.length > 0 && (siblings.at(-1)?.opened ?? 0) >= closed.opened) siblings.pop();
      siblings.push(closed);
    }
  });
  return root;
}

function closeNode(text: string, open: OpenNode, state: YamlState, anchors: ReadonlyMap<string, YamlNode>): ClosedNode {
  const opened = open.position;
  const { result: value, kind } = state as { result: unknown; kind: string | null };
  const merge = state.tag === 'tag:yaml.org,2002:merge';
  const start = contentStart(text, opened, state.position);
  const [first] = open.children;
  if (kind !== 'scalar' && first?.start === start && Object.is(first.node.value, value)) return { ...first, opened };
  if (kind === null) {
    if (text[start] !== '*')
      return { opened, start: opened, end: opened, node: { start: opened, end: opened, value }, merge };
    const end = aliasEnd(text, start);
    return { opened, start, end, node: anchors.get(text.slice(start + 1, end)) ?? { start, end, value }, merge };
  }
  const isBlock = kind !== 'scalar' && text[start] !== '[' && text[start] !== '{';
  const end = isBlock ? (open.children.at(-1)?.end ?? start) : trimmedEnd(text, start, state.position);
  const node: YamlNode = {
    start,
    end,
    value,
    ...(kind === 'sequence' && {
      items: isBlock ? blockItems(text, start, open.children) : flowItems(text, open.children),
    }),
    ...(kind === 'mapping' && { pairs: pairsOf(text, open.children, value as object) }),
  };
  return { opened, start, end, node, merge };
}

/** js-yaml opens no node for an item that is a dash alone. */
function blockItems(text: string, start: number, children: readonly ClosedNode[]): YamlNode[] {
  const items: YamlNode[] = [];
  let from = start;
  for (const child of children) {
    for (let dash = nextDash(text, from); ;) {
      const next = nextDash(text, dash + 1);
      if (next === -1 || next >= child.opened) break;
      items.push({ start: dash, end: dash + 1, value: null });
      dash = next;
    }
    items.push(child.node);
    from = child.end;
  }
  return items;
}

/** From a place between two items. */
function nextDash(text: string, from: number): number {
  const at = skipBlank(text, from);
  return text[at] === '-' ? at : -1;
}

/** `[a: b]` holds a mapping of one pair. */
function flowItems(text: string, children: readonly ClosedNode[]): YamlNode[] {
  const items: YamlNode[] = [];
  for (let index = 0; index < children.length; index++) {
    const key = children[index] as ClosedNode;
    const value = text[skipBlank(text, key.end)] === ':' ? children[++index] : undefined;
    if (value === undefined) items.push(key.node);
    else {
      const name = keyName(key.node.value);
      const pairs = [{ key, name, node: value.node, merge: key.merge }];
      items.push({ start: key.start, end: value.end, value: { [name]: value.node.value }, pairs });
    }
  }
  return items;
}

/** A child is a key when no other one waits for its value; the value follows a colon. */
function pairsOf(text: string, children: readonly ClosedNode[], mapping: object): YamlPair[] {
  const pairs: YamlPair[] = [];
  for (let index = 0; index < children.length; index++) {
    const key = children[index] as ClosedNode;
    const value = text[skipBlank(text, key.end)] === ':' ? children[++index] : undefined;
    const name = keyName(key.node.value);
    if (!key.merge && !Object.hasOwn(mapping, name)) continue;
    pairs.push({ key, name, node: value?.node ?? { start: key.end, end: key.end, value: null }, merge: key.merge });
  }
  return pairs;
}

function keyName(value: unknown): string {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? '[object Object]' : String(value);
}
