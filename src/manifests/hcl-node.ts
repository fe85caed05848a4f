import type { Segments } from './segments.js';
import type { Span } from './span-node.js';

/** A value of HCL as far as it can be told without evaluating it: references, operations and most calls stay as their text. */
export type HclValue =
  | (Span & {
      readonly kind: 'scalar';
      readonly value: string | number | boolean | null;
      readonly segments?: () => Segments | undefined;
    })
  | (Span & { readonly kind: 'list'; readonly items: readonly HclValue[] })
  | (Span & { readonly kind: 'object'; readonly entries: readonly HclEntry[] });

export interface HclEntry {
  readonly name: string;
  readonly key: Span;
  readonly value: HclValue;
}

export interface HclBody extends Span {
  readonly attributes: readonly HclEntry[];
  readonly blocks: readonly HclBlock[];
}

export interface HclBlock {
  readonly type: string;
  readonly key: Span;
  readonly labels: readonly { readonly text: string; readonly span: Span }[];
  readonly body: HclBody;
}
