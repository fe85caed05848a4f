import { sha256 } from '../core/digest.js';
import { SEVERITIES, type Finding, type Severity, type Suppression } from '../core/finding.js';
import type { ScanError, ScanReport, ScanUndecided, TargetRuntime } from '../core/scan-report.js';
import type { Found } from './found.js';

export interface ReportParts {
  readonly target: TargetRuntime;
  readonly found: readonly Found[];
  readonly undecided: readonly ScanUndecided[];
  readonly errors: readonly ScanError[];
  readonly counts: { readonly files: number; readonly objects: number; readonly pods: number; readonly nodes: number };
  /** What a configuration file or a baseline says about a finding. */
  readonly suppress: (finding: Finding) => Suppression | undefined;
}

/** Findings in a stable order, each with a fingerprint that stays when lines move. */
export function buildReport({ target, found, undecided, errors, counts, suppress }: ReportParts): ScanReport {
  const twins = new Map<string, number>();
  const findings = [...found].sort(order).map((one): Finding => {
    const key = [
      one.ruleId,
      one.file,
      one.object.kind,
      one.object.namespace,
      one.object.name,
      one.container,
      one.evidence,
    ];
    const base = key.map((part) => part ?? '').join('\0');
    const twin = twins.get(base) ?? 0;
    twins.set(base, twin + 1);
    const finding = { ...one, fingerprint: sha256(`${base}\0${twin}`).slice(0, 32) };
    const suppressed = one.suppressed ?? suppress(finding);
    return suppressed === undefined ? finding : { ...finding, suppressed };
  });

  const active = findings.filter((finding) => finding.suppressed === undefined);
  const byRule = new Map<string, number>();
  for (const { ruleId } of active) byRule.set(ruleId, (byRule.get(ruleId) ?? 0) + 1);
  const count = (severity: Severity): number => active.filter((finding) => finding.severity === severity).length;
  return {
    apiVersion: 'dockershim-migrate.io/v1',
    kind: 'ScanReport',
    target,
    findings,
    undecided,
    errors: [...errors].sort((a, b) => compare(a.subject, b.subject) || (a.line ?? 0) - (b.line ?? 0)),
    summary: {
      bySeverity: { error: count('error'), warning: count('warning'), note: count('note') },
      byRule: Object.fromEntries([...byRule].sort(([a], [b]) => compare(a, b))),
      suppressed: findings.length - active.length,
      ...counts,
    },
  };
}

/** By where it stands, so that a file or an object is read from top to bottom. */
const order = (a: Found, b: Found): number =>
  compare(a.file ?? '', b.file ?? '') ||
  compare(a.object.namespace ?? '', b.object.namespace ?? '') ||
  compare(a.object.kind, b.object.kind) ||
  (a.file === undefined ? compare(a.object.name, b.object.name) : 0) ||
  (a.line ?? 0) - (b.line ?? 0) ||
  (a.column ?? 0) - (b.column ?? 0) ||
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
  compare(a.ruleId, b.ruleId) ||
  compare(a.container ?? '', b.container ?? '') ||
  compare(a.evidence, b.evidence);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
