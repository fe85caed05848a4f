import { kinds } from './setting-kinds.js';
import { NEW_PLACES } from './new-places.js';
import type { SettingReading, SettingRule } from './setting-rule.js';

/** Options of Docker's storage drivers, of which only the size of a container's layer has a counterpart. */
export const storageOptsRule: SettingRule<readonly string[]> = {
  key: 'storage-opts',
  flags: ['storage-opt'],
  ...kinds.list,
  what: 'options of the storage driver',
  docs: {
    containerd: { outcome: 'warning', becomes: 'lost: `overlay2.size` too, for containerd limits no layer' },
    crio: { outcome: 'converted', becomes: '`storage_option`: `overlay2.size` is `overlay.size`; others are lost' },
  },
  why: 'Each storage has options of its own. Under Kubernetes `ephemeral-storage` limits what a container writes.',
  read: (options, { target }) =>
    options.map((option): SettingReading => {
      const name = option.split('=')[0] ?? '';
      const base = { part: '', value: [option], target: '' } as const;
      if (/^overlay2?\.override_kernel_check$/.test(name)) {
        return { ...base, outcome: 'not-needed', note: `${name}: no runtime checks the kernel so any more` };
      }
      if (/^overlay2?\.size$/.test(name)) {
        if (target.kind === 'crio') {
          return {
            ...{ ...base, outcome: 'converted', target: `${NEW_PLACES.crio} crio.storage_option` },
            note: 'overlay.size: what a container writes is limited to the same size, where the file system is xfs with project quotas',
            intent: (intent) => ({ ...intent, storageOptions: [...intent.storageOptions, option] }),
          };
        }
        return {
          ...{ ...base, outcome: 'warning' },
          note: 'overlay2.size: what a container writes to its own layer is not limited any more',
          fix: 'limit ephemeral-storage in the pods',
        };
      }
      return {
        ...{ ...base, outcome: 'warning' },
        note: `${name} of Docker's storage has no counterpart${name.startsWith('dm.') ? ', for the thin pool is not used any more' : ''}`,
        fix: 'limit ephemeral-storage in the pods where a size matters, and see that the disk is laid out for the new runtime',
      };
    }),
};
