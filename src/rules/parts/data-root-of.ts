import { isInside } from '../../manifests/host-path.js';
import type { Scene } from '../rule.js';

/** Where Docker keeps images, layers, volumes and logs if nobody chose: by package, by snap, rootless, on Windows. */
const USUAL = ['/var/lib/docker', '/var/snap/docker', 'c:\\programdata\\docker'];
const ROOTLESS = /^\/(?:root|(?:home|var\/home)\/[^/]+)\/\.local\/share\/docker(?=\/|$)/;

/** The data root of Docker that a path lies in; the path and the answer normalised. */
export function dataRootOf(path: string, { dataRoots }: Pick<Scene, 'dataRoots'>): string | undefined {
  return [...dataRoots, ...USUAL].find((root) => isInside(path, root)) ?? ROOTLESS.exec(path)?.[0];
}
