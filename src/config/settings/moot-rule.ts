import type { kinds } from './setting-kinds.js';
import type { AnySettingRule, SettingRule } from './setting-rule.js';

interface Moot extends Pick<AnySettingRule, 'key' | 'what'> {
  readonly kind: (typeof kinds)[keyof typeof kinds] | Pick<AnySettingRule, 'type' | 'fromFlags'>;
  /** Where they are not the key alone. */
  readonly flags?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  /** Why pods do without it: a sentence without a full stop. */
  readonly note: string;
}

/** A setting that means nothing once pods run elsewhere. */
export function mootRule({ kind, note, ...rule }: Moot): AnySettingRule {
  const doc = { outcome: 'not-needed', becomes: 'nothing' } as const;
  return {
    flags: [rule.key],
    ...(kind as Pick<SettingRule<unknown>, 'type' | 'fromFlags'>),
    ...rule,
    docs: { containerd: doc, crio: doc },
    why: `${note}.`,
    read: (value: unknown) => [{ part: '', value, outcome: 'not-needed', target: '', note }],
  };
}
