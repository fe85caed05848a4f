import { hclEntry, hclValue, placedList, placedObject, type PlacedEntry, type PlacedValue } from './hcl-value.js';
import { readHclName, type HclCursor } from './hcl-cursor.js';
import type { HclBlock, HclBody } from './hcl-node.js';
import { kubernetesResource } from './kubernetes-resource.js';
import type { ParsedPart, ParsedParts, ParseFailure } from './parsed-part.js';
import { shiftedBy } from './shifted-by.js';
import { readHclBlock } from './read-hcl-body.js';
import type { Span } from './span-node.js';
import { withoutDynamic } from './without-dynamic.js';

/** A block at a line's beginning that Terraform, OpenTofu or Packer has at the top of a file. */
const BLOCK =
  /^(?:(?:resource|data|source|ephemeral)[ \t]+"[\w-]+"[ \t]+"[\w.-]+"|(?:module|provider|variable|output|check)[ \t]+"[\w.-]+"|locals|terraform|build|moved|import|removed)[ \t]*\{/gm;

export const isTerraform = (text: string): boolean => text.search(BLOCK) !== -1;

/** Each block at the top of a Terraform file is a document: a Kubernetes object, or what the block says, under its type and labels. */
export function parseHcl(text: string): ParsedParts {
  const parts: ParsedPart[] = [];
  const texts: Span[] = [];
  const failures: ParseFailure[] = [];
  const cursor: HclCursor = { text, at: 0 };
  for (let start = nextBlock(text, 0); start !== undefined; start = nextBlock(text, cursor.at)) {
    cursor.at = start;
    const parsed = parseBlock(cursor);
    const span = { start, end: cursor.at };
    if (parsed !== undefined) {
      const { value, spans } = parsed;
      parts.push({ value, form: 'hcl', template: false, spans: () => spans, toText: shiftedBy(0) });
    }
    if (parsed === undefined || text[cursor.at - 1] !== '}') {
      texts.push(span);
      failures.push({ offset: start, reason: 'not valid HCL' });
    }
  }
  return { parts, texts, failures };
}

function nextBlock(text: string, from: number): number | undefined {
  BLOCK.lastIndex = from;
  return BLOCK.exec(text)?.index;
}

function parseBlock(cursor: HclCursor): PlacedValue | undefined {
  const start = cursor.at;
  try {
    const type = readHclName(cursor);
    const block = readHclBlock(cursor, type, { start, end: cursor.at });
    return block && blockValue(block);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const end = cursor.text.indexOf('\n}', start);
    cursor.at = end === -1 ? cursor.text.length : end + 2;
    return undefined;
  }
}

function blockValue(block: HclBlock): PlacedValue {
  const [type] = block.labels;
  if (block.type === 'resource' && type !== undefined) {
    if (/^kubernetes_(?!manifest$)/.test(type.text)) return kubernetesResource(block);
    const manifest = block.body.attributes.find(({ name }) => name === 'manifest');
    if (type.text === 'kubernetes_manifest' && manifest !== undefined) return hclValue(manifest.value);
  }
  const names = [{ text: block.type, span: block.key }, ...block.labels].reverse();
  return names.reduce(
    (inner, { text: name, span: key }) => placedObject(block.body, [{ name, key, ...inner }]),
    plainBody(block.body),
  );
}

/** As Terraform's JSON syntax has it. */
function plainBody(body: HclBody): PlacedValue {
  const groups = new Map<string, HclBlock[]>();
  for (const block of body.blocks.map(withoutDynamic)) {
    const group = groups.get(block.type);
    if (group === undefined) groups.set(block.type, [block]);
    else group.push(block);
  }
  const blocks = [...groups].map(([name, group]): PlacedEntry => {
    const values = group.map((block) => plainBody(block.body));
    const { key, body: first } = group[0] as HclBlock;
    return { name, key, ...(values.length === 1 ? (values[0] as PlacedValue) : placedList(first, values)) };
  });
  return placedObject(body, [...body.attributes.map(hclEntry), ...blocks]);
}
