import type { DockerSetting } from '../docker/docker-setting.js';
import type { AnySettingRule, SettingContext, SettingReading } from './setting-rule.js';
import { typeProblem } from './type-problem.js';

/** What becomes of one setting; never nothing. */
export function settingReadings(
  { key, value: written, refused }: Pick<DockerSetting, 'key' | 'value' | 'refused'>,
  rules: readonly AnySettingRule[],
  context: SettingContext,
): readonly [SettingReading, ...SettingReading[]] {
  const whole = { part: '', value: written, target: '' } as const;
  if (refused !== undefined) return [{ ...whole, outcome: 'refused', note: refused }];
  if (context.target.kind === 'cri-dockerd') {
    return [{ ...whole, outcome: 'not-needed', note: 'Docker stays and goes on reading it' }];
  }
  const rule = rules.find((one) => one.key === key);
  if (rule === undefined) return [unknownKey(key, written, rules)];
  const value = withoutNulls(written);
  const parsed = rule.type.safeParse(value);
  if (!isDefault(value)) {
    if (!parsed.success) return [{ ...whole, outcome: 'refused', ...typeProblem(key, value, parsed.error) }];
    const [first, ...others] = rule.read(parsed.data, context);
    if (first !== undefined) return [first, ...others];
  }
  return [{ ...whole, outcome: 'not-needed', note: 'it is set to nothing, which is the default' }];
}

function unknownKey(key: string, value: unknown, rules: readonly AnySettingRule[]): SettingReading {
  const whole = { part: '', value, outcome: 'warning', target: '' } as const;
  const meant = rules.find(({ flags }) => flags.includes(key))?.key;
  // A key that is a flag's name passes dockerd's check of names, and is decoded into nothing.
  if (meant !== undefined && key.length > 1) {
    return {
      ...whole,
      note: `dockerd knows it as a flag alone and ignores it here without a word, so that it has no effect today; in a file it is ${meant}`,
      fix: `remove it, or write it as ${meant} if it is wanted`,
    };
  }
  return {
    ...whole,
    note: 'this tool does not know the key, and nothing takes it over',
    fix: 'see what it does for Docker, and whether pods depend on it',
  };
}

/** Go takes null for nothing at all. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutNulls(one)]));
}

const isDefault = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
