import type { HclBlock } from './hcl-node.js';

/** `dynamic "volume" { for_each = … content { … } }` makes volumes: the content stands for each of them. */
export function withoutDynamic(block: HclBlock): HclBlock {
  const content = block.type === 'dynamic' ? block.body.blocks.find(({ type }) => type === 'content') : undefined;
  const [label] = block.labels;
  return content === undefined || label === undefined ? block : { ...content, type: label.text, key: label.span };
}
