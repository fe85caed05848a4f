import type { Target } from '../../core/plan.js';
import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';
import { runtimeName } from './runtime-name.js';

/** Those for which a fresh store is no change that anyone would notice. */
const ORDINARY = ['overlay2', 'overlay', 'overlayfs', 'fuse-overlayfs', 'btrfs', 'vfs'];

const STORES: Readonly<Record<Target, string>> = {
  containerd: '/var/lib/containerd',
  crio: '/var/lib/containers',
  'cri-dockerd': '/var/lib/docker',
};

const REMARKS: Readonly<Record<string, string>> = {
  devicemapper: 'limits on the size of containers (dm.basesize) end, and the thin pool stays unused',
  aufs: 'the kernel of this node may have no overlayfs',
  zfs: 'overlayfs on ZFS needs OpenZFS 2.2, and the zfs snapshotter needs a dataset of its own',
};

export const storageDriver: Gate = {
  id: 'storage-driver',
  title: "Docker's storage driver has a counterpart",
  why: 'The new runtime starts with a new image store on overlayfs. Where Docker used something else, the file system under it, or limits that pods relied on, may be the reason.',
  links: ['https://docs.docker.com/engine/storage/drivers/select-storage-driver/'],
  leavingDocker: true,
  check: ({ inventory: { docker }, options: { target } }) => {
    if (!docker.known) return [notKnown("Docker's storage driver", docker.why)];
    const { storageDriver: driver } = docker.value;
    if (ORDINARY.includes(driver)) return [];
    const remark = REMARKS[driver] ?? 'it has no known counterpart';
    return [
      {
        level: 'warning',
        message: `Docker stores images with ${driver}, ${runtimeName(target)} will with overlayfs: ${remark}`,
        fix: `look at ${STORES[target]} and its file system; the stage phase tries the new store before the node is drained`,
      },
    ];
  },
};
