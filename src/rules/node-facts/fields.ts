import type { Path } from '../../manifests/place.js';
import { isRecord } from './is-record.js';

export interface Field {
  readonly key: string;
  readonly value: unknown;
  /** From the root of what was walked, its own key last. */
  readonly path: Path;
  /** The mapping it stands in. */
  readonly parent: Readonly<Record<string, unknown>>;
}

/** Anchors make a document of a few lines as large as one likes. */
const MOST = 200_000;
const DEEPEST = 64;

/**
 * Every entry of every mapping, in the document's order, as far as the budget goes. What stands twice by an anchor comes
 * once, and objects inside of an object not at all: they are subjects of their own.
 */
export function* fields(root: unknown): Generator<Field> {
  const seen = new Set<object>();
  let budget = MOST;
  function* walk(value: unknown, path: Path): Generator<Field> {
    if (typeof value !== 'object' || value === null || path.length > DEEPEST || seen.has(value)) return;
    if (path.length > 0 && isObject(value)) return;
    seen.add(value);
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        if ((budget -= 1) < 0) return;
        yield* walk(item, [...path, index]);
      }
    } else if (isRecord(value)) {
      for (const [key, item] of Object.entries(value)) {
        if ((budget -= 1) < 0) return;
        const here = [...path, key];
        yield { key, value: item, path: here, parent: value };
        yield* walk(item, here);
      }
    }
  }
  yield* walk(root, []);
}

const isObject = (value: object): boolean =>
  'apiVersion' in value && typeof value.apiVersion === 'string' && 'kind' in value && typeof value.kind === 'string';
