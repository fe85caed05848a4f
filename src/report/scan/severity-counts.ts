import { SEVERITIES } from '../../core/finding.js';
import type { ScanSummary } from '../../core/scan-report.js';
import { countText } from './count-text.js';

/** `3 errors, 1 warning`; of what there is none, nothing is said. */
export const severityCounts = (bySeverity: ScanSummary['bySeverity']): string =>
  SEVERITIES.filter((severity) => bySeverity[severity] > 0)
    .map((severity) => countText(bySeverity[severity], severity))
    .join(', ');
