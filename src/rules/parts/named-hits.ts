import type { PodView } from '../../manifests/views.js';
import type { Hit } from '../rule.js';
import { namedPaths } from './named-paths.js';
import { namedSentence } from './named-sentence.js';

/**
 * Findings about paths of the node that settings name through a mount of a directory above, each path once a container. What is
 * mounted itself has been told as a volume.
 */
export function* namedHits(pod: PodView, is: (path: string) => boolean, says: string, fix?: string): Iterable<Hit> {
  const seen = new Set<string>();
  for (const named of namedPaths(pod, is)) {
    const { container, mount, hostPath, at } = named;
    const key = `${container.name} ${hostPath}`;
    if (is(mount.hostPath) || seen.has(key)) continue;
    seen.add(key);
    const message = `${namedSentence(named)} ${says}`;
    yield { at, message, container: container.name, ...(fix === undefined ? {} : { fix }) };
  }
}
