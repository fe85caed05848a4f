import type { Finding } from '../../core/finding.js';

/** Without what is suppressed. */
export const activeFindings = (findings: readonly Finding[]): Finding[] =>
  findings.filter((finding) => finding.suppressed === undefined);
