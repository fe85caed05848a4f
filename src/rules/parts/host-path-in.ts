import { isInside, normalHostPath } from '../../manifests/host-path.js';
import type { ContainerView, MountView, PodView } from '../../manifests/views.js';
import { hasUnknownSubPath } from './has-unknown-sub-path.js';
import { mountPathsOf } from './mount-paths-of.js';

export interface InContainer {
  /** By which mount of the container the path is reached. */
  readonly mount: MountView;
  /** On the node, normalised. */
  readonly hostPath: string;
}

/** What a path in a container is on the node; undefined when it is no hostPath's, but the image's or another volume's. */
export function hostPathIn(pod: PodView, container: ContainerView, path: string): InContainer | undefined {
  const inside = normalHostPath(path);
  let longest = -1;
  let found: MountView | undefined;
  for (const mount of pod.mounts) {
    if (mount.container !== container) continue;
    const at = normalHostPath(mount.mountPath);
    if (!isInside(inside, at) || at.length <= longest) continue;
    longest = at.length;
    found = mount;
  }
  if (found === undefined || hasUnknownSubPath(found)) return undefined;
  if (mountPathsOf(container).some((at) => at.length > longest && isInside(inside, at))) return undefined;
  const rest = inside.slice(longest).replace(/^[/\\]/, '');
  return { mount: found, hostPath: rest === '' ? found.hostPath : normalHostPath(`${found.hostPath}/${rest}`) };
}
