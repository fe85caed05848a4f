import type { Place } from '../../manifests/place.js';
import type { PodView } from '../../manifests/views.js';

/** Where an annotation of a pod stands: beside the specification as a rule, else the pod itself. */
export function annotationPlace({ path, source }: PodView, key: string): Place {
  const holder = path.slice(0, -1);
  for (const at of [
    [...holder, 'metadata', 'annotations', key],
    [...holder, 'metadata', 0, 'annotations', key],
    [...path, 'podAnnotations', key],
    [...path, 'podMetadata', 'annotations', key],
  ]) {
    if (source.locate({ path: at }) !== undefined) return { path: at };
  }
  return { path };
}
