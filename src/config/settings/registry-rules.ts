import { kinds } from './setting-kinds.js';
import { mootRule } from './moot-rule.js';
import { insecureRegistriesRule } from './insecure-registries-rule.js';
import { NEW_PLACES } from './new-places.js';
import { proxiesRule } from './proxies-rule.js';
import { registryMirrorsRule } from './registry-mirrors-rule.js';
import type { AnySettingRule, SettingRule } from './setting-rule.js';

const maxConcurrentDownloads: SettingRule<number> = {
  key: 'max-concurrent-downloads',
  flags: ['max-concurrent-downloads'],
  ...kinds.integer,
  what: 'how many layers are pulled at once',
  docs: {
    containerd: {
      outcome: 'converted',
      becomes: '`max_concurrent_downloads`: of the CRI plugin up to 2.0, of the transfer service from 2.1 on',
    },
    crio: { outcome: 'warning', becomes: 'lost: CRI-O pulls six layers of an image at once' },
  },
  why: 'Docker counts the layers of all images that it pulls at a time, containerd those of each image. How many images are pulled at a time is for the kubelet to say: `serializeImagePulls`, `maxParallelImagePulls`.',
  read: (value, { target }) => {
    if (value < 0) {
      return [
        {
          part: '',
          value,
          outcome: 'refused',
          target: '',
          note: 'it is negative, and dockerd does not start with it',
          fix: 'set a number above zero',
        },
      ];
    }
    if (value === 0 || value === 3) {
      return [
        { part: '', value, outcome: 'not-needed', target: '', note: "three is Docker's default and containerd's" },
      ];
    }
    if (target.kind === 'crio') {
      return [
        {
          ...{ part: '', value, outcome: 'warning', target: '' },
          note: 'CRI-O pulls six layers of an image at once, and there is no setting for it',
          fix: 'set serializeImagePulls or maxParallelImagePulls of the kubelet where the network is scarce',
        },
      ];
    }
    const { major, minor } = target.version;
    const transfer = major > 2 || (major === 2 && minor >= 1);
    return [
      {
        ...{ part: '', value, outcome: 'converted' },
        target: `${NEW_PLACES.containerd} ${transfer ? 'io.containerd.transfer.v1.local.' : ''}max_concurrent_downloads`,
        note: `${value} layers of each image are pulled at once`,
        intent: (intent) => ({ ...intent, maxConcurrentDownloads: value }),
      },
    ];
  },
};

/** Where images come from. */
export const registryRules: readonly AnySettingRule[] = [
  registryMirrorsRule,
  insecureRegistriesRule,
  proxiesRule,
  maxConcurrentDownloads,
  mootRule({
    key: 'max-concurrent-uploads',
    kind: kinds.integer,
    what: 'how many layers are pushed at once',
    note: 'nodes of Kubernetes push no images',
  }),
  mootRule({
    key: 'max-download-attempts',
    since: '20.10',
    kind: kinds.integer,
    what: 'how often a layer is tried',
    note: 'the kubelet tries a failed pull again, with growing pauses',
  }),
  mootRule({
    key: 'allow-nondistributable-artifacts',
    kind: kinds.list,
    until: '28.0',
    what: 'registries to which foreign layers are pushed',
    note: 'nodes of Kubernetes push no images',
  }),
  mootRule({
    key: 'disable-legacy-registry',
    until: '18.09',
    kind: kinds.boolean,
    what: 'no registries of version 1',
    note: 'no runtime speaks with registries of version 1 any more',
  }),
];
