import type { Path } from '../../manifests/place.js';
import type { HostPath, MountView, PodView, VolumeView } from '../../manifests/views.js';

export type HostPathVolume = VolumeView & { readonly hostPath: HostPath };

/** A path of the node that a pod is given: by a hostPath volume with all its mounts, or by one mount's subPath into a volume. */
export interface Reach {
  readonly volume: HostPathVolume;
  /** Normalised as {@link HostPath.normal}. */
  readonly path: string;
  /** Of the hostPath, as the kubelet says it in events; the normalised path for a subPath. */
  readonly written: string;
  /** The volume's type; empty for a subPath, which the kubelet does not check. */
  readonly type: string;
  readonly bySubPath: boolean;
  readonly mounts: readonly MountView[];
  readonly at: Path;
}

/**
 * What a pod is given of the node, as far as `is` says yes to the path. A volume that is meant itself stands for its mounts; one
 * that belongs to a pod around (a workflow's) is found there.
 */
export function reachesOf(pod: PodView, is: (path: string) => boolean): Reach[] {
  const found: Reach[] = [];
  for (const volume of pod.volumes) {
    if (!isHostPath(volume) || !is(volume.hostPath.normal)) continue;
    const { written, normal, type } = volume.hostPath;
    const mounts = pod.mounts.filter((mount) => mount.volume === volume);
    found.push({ volume, path: normal, written, type, bySubPath: false, mounts, at: volume.path });
  }
  for (const mount of pod.mounts) {
    const { volume, subPath, hostPath: path } = mount;
    if (subPath === undefined || !isHostPath(volume) || is(volume.hostPath.normal) || !is(path)) continue;
    found.push({ volume, path, written: path, type: '', bySubPath: true, mounts: [mount], at: mount.path });
  }
  return found;
}

const isHostPath = (volume: VolumeView): volume is HostPathVolume => volume.hostPath !== undefined;
