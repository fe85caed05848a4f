import { kinds } from './setting-kinds.js';
import { registryPlace } from '../registries/registry-place.js';
import { NEW_PLACES } from './new-places.js';
import type { SettingReading, SettingRule } from './setting-rule.js';

/** Mirrors of Docker Hub; Docker asks them for nothing else. */
export const registryMirrorsRule: SettingRule<readonly string[]> = {
  key: 'registry-mirrors',
  flags: ['registry-mirror'],
  ...kinds.list,
  what: 'mirrors of Docker Hub',
  docs: {
    containerd: { outcome: 'converted', becomes: '`certs.d/docker.io/hosts.toml`: a host for each, in their order' },
    crio: {
      outcome: 'converted',
      becomes:
        '`registries.conf.d`: `[[registry.mirror]]` of docker.io; a path in a mirror is understood otherwise, with a warning',
    },
  },
  why: 'Docker asks mirrors for images of Docker Hub alone, so that they are not written for all registries.',
  read: (mirrors, { target }) => {
    const problems = mirrors.flatMap((mirror): SettingReading[] => {
      const problem = problemOf(mirror);
      return problem === undefined
        ? []
        : [
            {
              ...{ part: '', value: [mirror], outcome: 'refused', target: '' },
              note: `${named(mirror)}${problem}`,
              fix: 'write the mirror as https://host[:port]',
            },
          ];
    });
    const usable = mirrors.filter((mirror) => problemOf(mirror) === undefined);
    const crio = target.kind === 'crio';
    const withPath = crio ? usable.filter((mirror) => /^https?:\/\/[^/]+\/./.test(normalised(mirror))) : [];
    return [
      ...(usable.length === 0
        ? []
        : [
            {
              ...{ part: '', value: usable, outcome: 'converted' as const },
              target: registryPlace(target, 'docker.io'),
              note: 'images of Docker Hub are pulled through the same mirrors, in their order',
              intent: (intent) => ({
                ...intent,
                registries: { ...intent.registries, mirrors: usable.map(normalised) },
              }),
            } satisfies SettingReading,
          ]),
      ...withPath.map((mirror): SettingReading => ({
        ...{ part: '', value: [mirror], outcome: 'warning', target: NEW_PLACES.registries },
        note: `${named(mirror)}CRI-O puts the path of a mirror after /v2/ and Docker before it, so that this mirror may not be found`,
        fix: 'see that the mirror serves /v2/ followed by its path, or give it a name of its own',
      })),
      ...problems,
    ];
  },
};

/** With a scheme and without a slash at the end. */
const normalised = (mirror: string): string =>
  (mirror.includes('://') ? mirror : `https://${mirror}`).replace(/\/+$/, '');

/** Its host alone: before and after it there may be secrets. */
const named = (mirror: string): string => {
  const host = /:\/\/(?:[^/?#]*@)?([\w.:[\]-]+)/.exec(normalised(mirror))?.[1];
  return host === undefined ? '' : `${host}: `;
};

function problemOf(mirror: string): string | undefined {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)([?#]?)/.exec(normalised(mirror));
  if (match === null || match[2] === '') return 'a mirror is no URL';
  if (!/^https?$/i.test(match[1] ?? '')) return `a mirror is reached by HTTPS or HTTP, and not by ${match[1] ?? ''}`;
  if (match[2]?.includes('@') === true) return 'dockerd takes no mirror with a user name or a password in it';
  if (/\s/.test(mirror)) return 'a mirror has white space in it';
  return match[4] === '' ? undefined : 'dockerd takes no mirror with a query or a fragment';
}
