import type { RuleInfo } from '../core/rule-info.js';
import { rules } from './index.js';

/** The rules as those see them who print them. */
export const ruleInfos: readonly RuleInfo[] = rules.map(({ id, title, severity, why, fix, links }) => ({
  id,
  title,
  severity,
  why,
  fix,
  links,
}));
