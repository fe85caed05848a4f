import { normalHostPath } from '../../manifests/host-path.js';
import type { ContainerView } from '../../manifests/views.js';

/** Where a container mounts volumes; normalised as paths of a host, for images have `/var/run` as a link, too. */
export function mountPathsOf({ value }: ContainerView): string[] {
  const mounts: unknown = value.volumeMounts ?? value.volume_mount;
  const list: readonly unknown[] = Array.isArray(mounts) ? mounts : [mounts];
  return list.flatMap((mount) => {
    if (mount === null || typeof mount !== 'object') return [];
    const { mountPath, mount_path: snake } = mount as { readonly mountPath?: unknown; readonly mount_path?: unknown };
    const at = mountPath ?? snake;
    return typeof at === 'string' ? [normalHostPath(at)] : [];
  });
}
