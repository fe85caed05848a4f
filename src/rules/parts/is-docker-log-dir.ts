import type { Scene } from '../rule.js';
import { dataRootOf } from './data-root-of.js';

/** `<data root>/containers` and what is below it: where the json-file driver writes. Of snap's Docker the same, a little deeper. */
export function isDockerLogDir(path: string, scene: Pick<Scene, 'dataRoots'>): boolean {
  const root = dataRootOf(path, scene);
  if (root === undefined) return false;
  const rest = path.slice(root.length).replace(/^\/common\/var-lib-docker(?=\/|$)/, '');
  return /^[/\\]containers(?:[/\\]|$)/.test(rest);
}
