import { z } from 'zod';
import { PROXY_DROP_IN, runtimeDropIn } from '../systemd/runtime-drop-ins.js';
import type { SettingReading, SettingRule } from './setting-rule.js';
import { structOf } from './struct-of.js';
import { unlistedKeys } from './unlisted-keys.js';

const KEYS = ['http-proxy', 'https-proxy', 'no-proxy'] as const;

const proxies = structOf({
  'http-proxy': z.string().optional(),
  'https-proxy': z.string().optional(),
  'no-proxy': z.string().optional(),
});

/** The proxies through which images are pulled. They may hold passwords, so no sentence repeats them. */
export const proxiesRule: SettingRule<z.infer<typeof proxies>> = {
  key: 'proxies',
  flags: KEYS,
  since: '23.0',
  type: proxies,
  // `http-proxy=http://…`, each with the name of its flag.
  fromFlags: (values) =>
    Object.fromEntries(
      values.map((value) => [value.slice(0, value.indexOf('=')), value.slice(value.indexOf('=') + 1)]),
    ),
  what: 'proxies for pulling images',
  docs: {
    containerd: {
      outcome: 'systemd',
      becomes: '`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY` in a drop-in of containerd.service',
    },
    crio: { outcome: 'systemd', becomes: '`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY` in a drop-in of crio.service' },
  },
  why: 'They count more than the variables of docker.service, which are carried over as well. Only pulls go through them: pods do not see them.',
  read: (value, { target }) => [
    ...KEYS.flatMap((key): SettingReading[] => {
      const proxy = value[key];
      if (proxy === undefined) return [];
      const name = key.toUpperCase().replace('-', '_');
      if (proxy === '') {
        return [{ part: `.${key}`, value: proxy, outcome: 'not-needed', target: '', note: 'it is empty' }];
      }
      return [
        {
          ...{ part: `.${key}`, value: proxy, outcome: 'systemd' },
          target: `${runtimeDropIn(target, PROXY_DROP_IN)} ${name}`,
          note:
            key === 'no-proxy'
              ? 'the same registries are reached without a proxy'
              : 'images are pulled through the same proxy',
          intent: (intent) => ({
            ...intent,
            proxies: [...intent.proxies.filter((other) => other.name.toUpperCase() !== name), { name, value: proxy }],
          }),
        },
      ];
    }),
    ...unlistedKeys(value, KEYS),
  ],
};
