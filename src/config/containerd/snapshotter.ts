import type { DiskFacts } from '../../core/inventory.js';

/**
 * The snapshotter that fits a node whose Docker uses a storage driver. The store is a new one, so what counts is what
 * its file system can do: btrfs and zfs snapshots need their own below containerd's directory, too.
 */
export function snapshotterFor(storageDriver: string, disks: readonly DiskFacts[]): string {
  const fsType = disks.find(({ path }) => path === '/var/lib/containerd')?.fsType;
  switch (storageDriver) {
    case 'vfs':
      return 'native';
    case 'btrfs':
    case 'zfs':
      return fsType === storageDriver ? storageDriver : 'overlayfs';
    default:
      return 'overlayfs';
  }
}
