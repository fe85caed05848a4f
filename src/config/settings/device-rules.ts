import { z } from 'zod';
import { compareVersions, parseVersion, type Version } from '../version.js';
import { kinds } from './setting-kinds.js';
import { mootRule } from './moot-rule.js';
import { NEW_PLACES } from './new-places.js';
import type { AnySettingRule, SettingContext, SettingRule } from './setting-rule.js';
import { structOf } from './struct-of.js';
import { unlistedKeys } from './unlisted-keys.js';

const cdiSpecDirs: SettingRule<readonly string[]> = {
  key: 'cdi-spec-dirs',
  flags: ['cdi-spec-dir'],
  since: '25.0',
  ...kinds.list,
  what: 'where descriptions of devices are',
  docs: {
    containerd: {
      outcome: 'converted',
      becomes: '`cdi_spec_dirs`, with 1.7 also `enable_cdi`; 1.6 and older know no CDI',
    },
    crio: { outcome: 'converted', becomes: '`cdi_spec_dirs`, from 1.24 on' },
  },
  why: 'Device plugins and DRA drivers name devices that are described there.',
  read: (value, { target }) => {
    if (before(target.version, target.kind === 'crio' ? '1.24' : '1.7')) {
      return [
        {
          ...{ part: '', value, outcome: 'warning', target: '' },
          note: 'this version of the runtime knows no CDI: devices that are described there reach no pod',
          fix: 'use containerd 1.7 or CRI-O 1.24, or later ones',
        },
      ];
    }
    return [
      {
        ...{ part: '', value, outcome: 'converted' },
        target: `${target.kind === 'crio' ? `${NEW_PLACES.crio} crio.runtime.` : `${NEW_PLACES.containerd} `}cdi_spec_dirs`,
        note: 'devices are looked for in the same directories',
        intent: (intent) => ({ ...intent, cdiSpecDirs: value }),
      },
    ];
  },
};

const nri = structOf({
  enable: z.boolean().optional(),
  'plugin-path': z.string().optional(),
  'plugin-config-path': z.string().optional(),
  'socket-path': z.string().optional(),
});

const NRI_KEYS = ['enable', 'plugin-path', 'plugin-config-path', 'socket-path'];

const nriOpts: SettingRule<z.infer<typeof nri>> = {
  key: 'nri-opts',
  flags: ['nri-opts'],
  since: '29.0',
  type: nri,
  fromFlags: (values) =>
    Object.fromEntries(
      values.flatMap((value) =>
        value.split(',').map((pair) => {
          const [name = '', ...rest] = pair.split('=');
          const text = rest.join('=');
          return [
            name,
            name === 'enable' ? (kinds.boolean.fromFlags?.([rest.length === 0 ? 'true' : text]) ?? text) : text,
          ];
        }),
      ),
    ),
  what: 'plugins of the Node Resource Interface',
  docs: {
    containerd: { outcome: 'converted', becomes: 'the plugin `io.containerd.nri.v1.nri`, from 1.7 on' },
    crio: { outcome: 'converted', becomes: '`[crio.nri]`, from 1.26 on' },
  },
  why: 'containerd and CRI-O have the interface of their own; containerd 1.7 keeps it off unless told.',
  read: (value, { target }) => [
    nriMissing(target)
      ? {
          ...{ part: '', value, outcome: value.enable === true ? 'warning' : 'not-needed', target: '' },
          note: 'this version of the runtime knows no NRI, and plugins do not see its containers',
          fix: 'use containerd 1.7 or CRI-O 1.26, or later ones, where NRI plugins matter',
        }
      : {
          ...{ part: '', value, outcome: 'converted' },
          target:
            target.kind === 'crio'
              ? `${NEW_PLACES.crio} crio.nri`
              : `${NEW_PLACES.containerd} io.containerd.nri.v1.nri`,
          note: `plugins of the Node Resource Interface ${value.enable === true ? 'go on seeing' : 'do not see'} containers`,
          intent: (intent) => ({
            ...intent,
            nri: {
              enable: value.enable ?? false,
              pluginPath: value['plugin-path'],
              pluginConfigPath: value['plugin-config-path'],
              socketPath: value['socket-path'],
            },
          }),
        },
    ...unlistedKeys(value, NRI_KEYS),
  ],
};

const nriMissing = ({ kind, version }: SettingContext['target']): boolean =>
  before(version, kind === 'crio' ? '1.26' : '1.7');

function before(version: Version, than: string): boolean {
  const other = parseVersion(than);
  return other !== undefined && compareVersions(version, other) < 0;
}

/** Devices and what has a say in how containers get them. */
export const deviceRules: readonly AnySettingRule[] = [
  cdiSpecDirs,
  nriOpts,
  mootRule({
    key: 'node-generic-resources',
    flags: ['node-generic-resource'],
    kind: kinds.list,
    what: 'resources that Swarm counts',
    note: 'only Swarm counts them; Kubernetes has device plugins',
  }),
];
