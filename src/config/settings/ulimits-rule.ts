import { z } from 'zod';
import type { UlimitIntent } from '../runtime-intent.js';
import { runtimeDropIn, SERVICE_DROP_IN } from '../systemd/runtime-drop-ins.js';
import { NEW_PLACES } from './new-places.js';
import type { SettingReading, SettingRule } from './setting-rule.js';
import { structOf } from './struct-of.js';

const limit = structOf({
  Name: z.string().optional(),
  Soft: z.number().int().optional(),
  Hard: z.number().int().optional(),
});
type Limit = z.infer<typeof limit>;

/** What dockerd knows; systemd has each as `Limit…` with this name in capitals. */
const NAMES: ReadonlySet<string> = new Set([
  ...['core', 'cpu', 'data', 'fsize', 'locks', 'memlock', 'msgqueue', 'nice', 'nofile', 'nproc', 'rss', 'rtprio'],
  ...['rttime', 'sigpending', 'stack', 'as'],
]);

/** The resource limits of containers that ask for none, which no container of Kubernetes can. */
export const ulimitsRule: SettingRule<Readonly<Record<string, Limit>>> = {
  key: 'default-ulimits',
  flags: ['default-ulimit'],
  type: z.record(z.string(), limit),
  fromFlags: (values) => {
    const limits = values.map(ofFlag);
    return limits.every((one) => one !== undefined) ? Object.fromEntries(limits) : values.at(-1);
  },
  what: 'resource limits of containers',
  docs: {
    containerd: { outcome: 'systemd', becomes: '`LimitNOFILE=` and the like in a drop-in of containerd.service' },
    crio: { outcome: 'converted', becomes: '`default_ulimits`' },
  },
  why: 'Kubernetes has no field for them, so that every container of the node had them. Under containerd containers inherit the limits of its service.',
  read: (limits, { target }) =>
    Object.entries(limits).map(([key, value]): SettingReading => {
      const name = (value.Name ?? '') === '' ? key : (value.Name ?? key);
      const ulimit: UlimitIntent = { name, soft: value.Soft ?? 0, hard: value.Hard ?? 0 };
      const problem = problemOf(ulimit);
      if (problem !== undefined) return { part: `.${key}`, value, outcome: 'refused', target: '', ...problem };
      return {
        ...{ part: `.${key}`, value, outcome: target.kind === 'crio' ? 'converted' : 'systemd' },
        target:
          target.kind === 'crio'
            ? `${NEW_PLACES.crio} crio.runtime.default_ulimits`
            : `${runtimeDropIn(target, SERVICE_DROP_IN)} Limit${name.toUpperCase()}`,
        note:
          target.kind === 'crio'
            ? `containers keep the limit ${name}=${said(ulimit.soft)}:${said(ulimit.hard)}`
            : `containers keep the limit ${name}=${said(ulimit.soft)}:${said(ulimit.hard)}, which they inherit from containerd's service${raised(ulimit)}`,
        intent: (intent) => ({
          ...intent,
          ulimits: [...intent.ulimits.filter((other) => other.name !== name), ulimit],
        }),
      };
    }),
};

function problemOf({ name, soft, hard }: UlimitIntent): Pick<SettingReading, 'note' | 'fix'> | undefined {
  if (!NAMES.has(name))
    return { note: `there is no resource limit named ${name}`, fix: 'correct its name, or remove it' };
  if (soft < -1 || hard < -1)
    return { note: 'a limit is negative, and only -1 means unlimited', fix: 'correct the limit' };
  if (hard !== -1 && (soft > hard || soft === -1)) {
    return { note: `the soft limit ${said(soft)} is above the hard limit ${said(hard)}`, fix: 'correct the limits' };
  }
  return undefined;
}

/** Go raised its own soft limit to the hard one from 1.19 on, and left it so in children until 1.19.9 and 1.20.4. */
const raised = ({ name, soft, hard }: UlimitIntent): string =>
  name === 'nofile' && soft !== hard
    ? '; a containerd built with an early Go 1.19 or 1.20 gives them the hard limit for both'
    : '';

const said = (value: number): string => (value === -1 ? 'unlimited' : String(value));

/** `nofile=1024:4096`, or one number for both. */
function ofFlag(text: string): readonly [string, Limit] | undefined {
  const match = /^([^=]+)=(-?\d+)(?::(-?\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, name = '', soft, hard] = match;
  return [name, { Name: name, Soft: Number(soft), Hard: Number(hard ?? soft) }];
}
