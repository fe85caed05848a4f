import type { Path } from '../../manifests/place.js';
import type { ObjectView } from '../../manifests/views.js';
import { isMapping } from '../../manifests/mapping.js';
import { walkValues } from '../config-texts/walk-values.js';

export interface PersistentPath {
  readonly path: Path;
  readonly written: string;
}

/** Where PersistentVolumes keep their data on a node; Terraform has the source of a volume one level deeper. */
export function* persistentPaths(view: ObjectView): Iterable<PersistentPath> {
  const { value, path } = view;
  if (!isMapping(value)) return;
  if (value.kind === 'PersistentVolume' && isMapping(value.spec)) yield* pathsIn(value.spec, [...path, 'spec']);
  if (view.apiVersion !== '') return;
  for (const node of walkValues(view)) {
    const { key, value: source } = node;
    if (key !== 'persistent_volume_source') continue;
    const at = node.path;
    const blocks: readonly unknown[] = Array.isArray(source) ? source : [source];
    for (const [index, block] of blocks.entries()) {
      if (isMapping(block)) yield* pathsIn(block, Array.isArray(source) ? [...at, index] : at);
    }
  }
}

function* pathsIn(source: Readonly<Record<string, unknown>>, path: Path): Iterable<PersistentPath> {
  for (const key of ['hostPath', 'local', 'host_path']) {
    const block: unknown = source[key];
    const one: unknown = Array.isArray(block) ? block[0] : block;
    if (!isMapping(one) || typeof one.path !== 'string') continue;
    yield { path: [...path, key, ...(Array.isArray(block) ? [0] : []), 'path'], written: one.path };
  }
}
