/** Plugins by the short names of version 1, which later versions spell in full. */
export const V1_PLUGINS: Readonly<Record<string, string>> = {
  aufs: 'io.containerd.snapshotter.v1.aufs',
  btrfs: 'io.containerd.snapshotter.v1.btrfs',
  cgroups: 'io.containerd.monitor.v1.cgroups',
  devmapper: 'io.containerd.snapshotter.v1.devmapper',
  'diff-service': 'io.containerd.service.v1.diff-service',
  linux: 'io.containerd.runtime.v1.linux',
  native: 'io.containerd.snapshotter.v1.native',
  opt: 'io.containerd.internal.v1.opt',
  overlayfs: 'io.containerd.snapshotter.v1.overlayfs',
  restart: 'io.containerd.internal.v1.restart',
  scheduler: 'io.containerd.gc.v1.scheduler',
  zfs: 'io.containerd.snapshotter.v1.zfs',
};
