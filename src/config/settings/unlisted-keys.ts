import type { SettingReading } from './setting-rule.js';

/** A warning for each key of a structure that dockerd is not known to have: it takes no notice of them. */
export const unlistedKeys = (
  value: Readonly<Record<string, unknown>>,
  listed: readonly string[],
  part = '',
): readonly SettingReading[] =>
  Object.keys(value)
    .filter((key) => !listed.includes(key))
    .map((key) => ({
      ...{ part: `${part}.${key}`, value: value[key], outcome: 'warning', target: '' },
      note: 'this tool does not know the key, and nothing takes it over',
      fix: 'see whether pods depend on it',
    }));
