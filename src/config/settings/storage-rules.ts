import { z } from 'zod';
import { kinds } from './setting-kinds.js';
import { mootRule } from './moot-rule.js';
import { NEW_PLACES } from './new-places.js';
import type { AnySettingRule, SettingReading, SettingRule } from './setting-rule.js';
import { storageOptsRule } from './storage-opts-rule.js';

const dataRootRule = (key: string, flags: readonly string[], until?: string): SettingRule<string> => ({
  key,
  flags,
  ...(until === undefined ? {} : { until }),
  ...kinds.text,
  what: "Docker's directory",
  docs: {
    containerd: { outcome: 'converted', becomes: '`root`: the directory `containerd` beside it' },
    crio: { outcome: 'converted', becomes: '`root`: the directory `crio/storage` beside it' },
  },
  why: "The new runtime keeps its images on the same file system, and never in Docker's own directory: the two know nothing of each other.",
  read: (value, { target, sharesContainerd }) => {
    const root = value.replace(/(?<=.)\/+$/, '');
    if (!root.startsWith('/')) {
      return [
        {
          part: '',
          value,
          outcome: 'refused',
          target: '',
          note: 'it is no absolute path',
          fix: 'write the whole path',
        },
      ];
    }
    if (root === '/var/lib/docker') {
      return [{ part: '', value, outcome: 'not-needed', target: '', note: "it is Docker's default" }];
    }
    if (sharesContainerd && target.kind === 'containerd') {
      return [
        {
          ...{ part: '', value, outcome: 'warning', target: '' },
          note: "images and containers are kept in containerd's own root and not beside Docker's: Docker's containers run in this containerd, and one that is started with another root loses them",
          fix: "see that the file system of containerd's root has room for the images",
          intent: (intent) => ({ ...intent, dataRoot: root }),
        },
      ];
    }
    const parent = root.slice(0, root.lastIndexOf('/'));
    const beside = `${parent}/${target.kind === 'crio' ? 'crio/storage' : 'containerd'}`;
    return [
      {
        ...{ part: '', value, outcome: 'converted' },
        target: target.kind === 'crio' ? `${NEW_PLACES.crio} crio.root` : `${NEW_PLACES.containerd} root`,
        note:
          parent === ''
            ? `images and containers are kept in ${beside}, which is on another file system if ${root} is one of its own`
            : `images and containers are kept in ${beside}, on the same file system`,
        intent: (intent) => ({ ...intent, dataRoot: root }),
      },
    ];
  },
});

interface Counterpart {
  readonly containerd: string;
  readonly crio: string;
  /** What is lost, where the counterpart is another kind of storage. */
  readonly lost?: string;
  /** Where it is so on one target alone. */
  readonly lostOn?: 'containerd';
}

const OVERLAY = { containerd: 'overlayfs', crio: 'overlay' };

const DRIVERS: Readonly<Record<string, Counterpart>> = {
  overlay2: OVERLAY,
  overlay: OVERLAY,
  btrfs: { containerd: 'btrfs', crio: 'btrfs' },
  zfs: { containerd: 'zfs', crio: 'zfs' },
  vfs: { containerd: 'native', crio: 'vfs' },
  devicemapper: {
    ...OVERLAY,
    lost: 'its thin pool is not used any more, and with it the size limit of containers goes',
  },
  aufs: { ...OVERLAY, lost: 'no runtime that is still maintained knows aufs' },
  'fuse-overlayfs': {
    ...OVERLAY,
    lost: 'the kernel has to know overlayfs itself, or the runtime does not start',
    lostOn: 'containerd',
  },
};

const storageDriver: SettingRule<string> = {
  key: 'storage-driver',
  flags: ['storage-driver', 's'],
  ...kinds.text,
  what: 'how images and containers are stored',
  docs: {
    containerd: {
      outcome: 'converted',
      becomes:
        '`snapshotter`: overlayfs for overlay2, aufs and devicemapper, native for vfs, btrfs and zfs as they are',
    },
    crio: {
      outcome: 'converted',
      becomes: '`storage_driver`: overlay for overlay2, aufs and devicemapper, else as it is',
    },
  },
  why: 'The new store begins empty, so that only the file system matters. overlayfs needs one with d_type.',
  read: (value, { target }): readonly SettingReading[] => {
    const crio = target.kind === 'crio';
    const counterpart = DRIVERS[value];
    if (counterpart === undefined || !Object.hasOwn(DRIVERS, value)) {
      return [
        {
          ...{ part: '', value, outcome: 'warning', target: '' },
          note: `no counterpart of this storage driver is known, and ${crio ? 'overlay' : 'overlayfs'} is used`,
          fix: 'see that the file system can hold it',
        },
      ];
    }
    const name = crio ? counterpart.crio : counterpart.containerd;
    const lost = crio && counterpart.lostOn === 'containerd' ? undefined : counterpart.lost;
    return [
      {
        ...{ part: '', value, outcome: lost === undefined ? 'converted' : 'warning' },
        target: crio ? `${NEW_PLACES.crio} crio.storage_driver` : `${NEW_PLACES.containerd} snapshotter`,
        note:
          lost === undefined
            ? `images and containers are stored by ${name}`
            : `images and containers are stored by ${name}: ${lost}`,
        ...(lost === undefined
          ? {}
          : { fix: 'see that the file system can hold overlayfs, and limit ephemeral-storage in the pods' }),
        intent: (intent) => ({ ...intent, storageDriver: value }),
      },
    ];
  },
};

const ofDockerAlone =
  'it is between dockerd and its own containerd; the new runtime listens where the kubelet expects it';

/** Where and how images and containers are kept. */
export const storageRules: readonly AnySettingRule[] = [
  dataRootRule('data-root', ['data-root', 'g']),
  dataRootRule('graph', ['graph'], '23.0'),
  storageDriver,
  storageOptsRule,
  mootRule({
    key: 'exec-root',
    kind: kinds.text,
    what: 'where dockerd keeps the state of running containers',
    note: 'the new runtime keeps its state in a directory of its own below /run',
  }),
  mootRule({
    key: 'pidfile',
    flags: ['pidfile', 'p'],
    kind: kinds.text,
    what: "where dockerd's process id is written",
    note: 'systemd knows the new runtime by its unit',
  }),
  mootRule({
    key: 'group',
    flags: ['group', 'G'],
    kind: kinds.text,
    what: "the group that may use Docker's socket",
    note: "whoever may use a runtime's socket is root on the node, and the new one is left to root",
  }),
  mootRule({
    key: 'features',
    flags: ['feature'],
    since: '18.09',
    kind: kinds.booleans,
    what: 'what the daemon does differently, such as `containerd-snapshotter`',
    note: 'they are about dockerd itself; the new runtime has its images brought over or pulls them',
  }),
  mootRule({
    key: 'containerd',
    kind: kinds.text,
    what: 'the containerd that dockerd uses',
    note: ofDockerAlone,
  }),
  mootRule({
    key: 'containerd-namespace',
    since: '19.03',
    kind: kinds.text,
    what: "dockerd's namespace in containerd",
    note: 'the kubelet has the namespace k8s.io, and the two do not see each other',
  }),
  mootRule({
    key: 'containerd-plugin-namespace',
    flags: ['containerd-plugins-namespace'],
    since: '19.03',
    kind: kinds.text,
    what: "the namespace of dockerd's plugins in containerd",
    note: 'the kubelet has the namespace k8s.io, and the two do not see each other',
  }),
  mootRule({
    key: 'cri-containerd',
    since: '18.09',
    kind: kinds.boolean,
    what: "the CRI plugin of dockerd's own containerd",
    note: 'the new runtime serves the CRI by its own configuration',
  }),
  mootRule({
    key: 'builder',
    since: '18.09',
    flags: [],
    kind: { type: z.record(z.string(), z.unknown()), fromFlags: undefined },
    what: 'what `docker build` keeps and may do',
    note: 'pods are not built; whoever builds images on this node needs another tool, such as BuildKit',
  }),
];
