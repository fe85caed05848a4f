import { settingFamilies } from './families.js';
import type { AnySettingRule } from './setting-rule.js';

/** Every key that some version of dockerd has had since 17.03, and what becomes of it. */
export const settingRules: readonly AnySettingRule[] = settingFamilies.flatMap(({ rules }) => rules);
