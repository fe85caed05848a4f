import type { SettingRule } from './setting-rule.js';

/** For what is off by default: there is nothing to say of it where it is. */
export const unlessOff =
  (read: SettingRule<boolean>['read']): SettingRule<boolean>['read'] =>
  (value, context) =>
    value
      ? read(value, context)
      : [{ part: '', value, outcome: 'not-needed', target: '', note: 'it is off, which is the default' }];
