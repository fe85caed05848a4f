import type { Severity } from './finding.js';

/** What a rule says about itself: plain data, for reports and documentation. */
export interface RuleInfo {
  /** In kebab-case. */
  readonly id: string;
  readonly title: string;
  /** Of a finding, unless its circumstances call for another. */
  readonly severity: Severity;
  /** Sentences: what depends on what, and what happens once dockershim is gone. */
  readonly why: string;
  readonly fix: string;
  /** Where the facts come from: URLs. */
  readonly links: readonly string[];
}
