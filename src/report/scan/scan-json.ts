import type { Finding } from '../../core/finding.js';
import type { ScanReport } from '../../core/scan-report.js';
import { safeJson } from '../safe-json.js';

/**
 * The report for programs. Each finding has the same keys in the same order, with null for what it has not, also what is
 * suppressed; what only some findings know (the end of the place, pods, owners) comes after them.
 */
export function scanJson({ apiVersion, kind, target, findings, undecided, errors, summary }: ScanReport): string {
  return safeJson({ apiVersion, kind, target, findings: findings.map(findingJson), undecided, errors, summary });
}

function findingJson(finding: Finding): Record<string, unknown> {
  const { object, endLine, endColumn, pods, owners, members, inTemplate } = finding;
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    confidence: finding.confidence,
    message: finding.message,
    object: { kind: object.kind, namespace: object.namespace ?? null, name: object.name },
    container: finding.container ?? null,
    file: finding.file ?? null,
    line: finding.line ?? null,
    column: finding.column ?? null,
    evidence: finding.evidence,
    fix: finding.fix,
    fingerprint: finding.fingerprint,
    suppressed: finding.suppressed ?? null,
    // JSON.stringify leaves out what is undefined.
    endLine,
    endColumn,
    pods,
    owners,
    members,
    inTemplate,
  };
}
