/** The snapshotter that does as a storage driver of Docker's does; overlayfs for those that containerd has no counterpart of. */
export function snapshotterFor(storageDriver: string): string {
  switch (storageDriver) {
    case 'vfs':
      return 'native';
    case 'btrfs':
    case 'zfs':
      return storageDriver;
    default:
      return 'overlayfs';
  }
}
