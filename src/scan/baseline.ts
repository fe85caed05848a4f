import { MigrateError } from '../core/errors.js';
import type { Finding, Suppression } from '../core/finding.js';
import type { ScanReport } from '../core/scan-report.js';

/** The findings that were there when the baseline was written: a later scan tells only what has come since. */
export function baselineText({ findings }: ScanReport): string {
  const entries = findings
    .filter(({ suppressed }) => suppressed === undefined || suppressed.by === 'baseline')
    .map(({ fingerprint, ruleId, file, object }) => ({
      fingerprint,
      ruleId,
      ...(file === undefined ? {} : { file }),
      object: [object.namespace, object.kind, object.name].filter((part) => part !== undefined).join('/'),
    }));
  const baseline = { apiVersion: 'dockershim-migrate.io/v1', kind: 'ScanBaseline', findings: entries };
  return `${JSON.stringify(baseline, null, 2)}\n`;
}

/** Errors: `input` for a text that is no baseline. */
export function suppressionByBaseline(text: string, file: string): (finding: Finding) => Suppression | undefined {
  const fingerprints = new Set(fingerprintsIn(text, file));
  return ({ fingerprint }) =>
    fingerprints.has(fingerprint) ? { by: 'baseline', reason: `in the baseline ${file}` } : undefined;
}

function fingerprintsIn(text: string, file: string): string[] {
  const hint = 'Write one with "migrate scan … --write-baseline FILE".';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MigrateError('input', `the baseline ${file} is no valid JSON`, { hint, cause: error });
  }
  const { kind, findings } = (value ?? {}) as { kind?: unknown; findings?: unknown };
  const entries = kind === 'ScanBaseline' && Array.isArray(findings) ? (findings as { fingerprint?: unknown }[]) : [];
  const fingerprints = entries.map((entry) => entry?.fingerprint).filter((one) => typeof one === 'string');
  if (kind !== 'ScanBaseline' || !Array.isArray(findings) || fingerprints.length !== entries.length) {
    throw new MigrateError('input', `${file} is no ScanBaseline`, { hint });
  }
  return fingerprints;
}
