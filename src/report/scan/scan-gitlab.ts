import type { Finding } from '../../core/finding.js';
import type { ScanReport } from '../../core/scan-report.js';
import { printable } from '../printable.js';
import { activeFindings } from './active-findings.js';
import { objectName } from './object-name.js';
import { safeJson } from '../safe-json.js';
import { standInPath } from './stand-in-path.js';

/**
 * A Code Quality report for GitLab's merge requests, see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.
 * What is suppressed is left out: GitLab would show it as open.
 */
export const scanGitlab = (report: ScanReport): string => safeJson(activeFindings(report.findings).map(issue));

const issue = (finding: Finding): Record<string, unknown> => ({
  description: printable(
    finding.file === undefined ? `${objectName(finding.object)}: ${finding.message}` : finding.message,
  ),
  check_name: finding.ruleId,
  fingerprint: finding.fingerprint,
  severity: severityOf(finding),
  // GitLab shows an issue at a file and a line only.
  location: { path: printable(standInPath(finding)), lines: { begin: finding.line ?? 1 } },
  content: { body: printable(finding.fix) },
});

function severityOf({ severity, confidence }: Finding): 'critical' | 'major' | 'minor' | 'info' {
  const definite = confidence === 'definite';
  switch (severity) {
    case 'error':
      return definite ? 'critical' : 'major';
    case 'warning':
      return definite ? 'major' : 'minor';
    case 'note':
      return 'info';
  }
}
