import { describe, expect, it } from 'vitest';
import { scanJson } from '../../../src/report/scan/scan-json.js';
import type { ScanReport } from '../../../src/core/scan-report.js';
import { finding, scanReport, scanReportOf } from '../../fixtures/scan-report.js';
import { steering } from '../poisoned.js';

const KEYS = [
  'ruleId',
  'severity',
  'confidence',
  'message',
  'object',
  'container',
  'file',
  'line',
  'column',
  'evidence',
  'fix',
  'fingerprint',
  'suppressed',
];

type Json = Record<string, unknown>;
const parsed = (report: ScanReport) => JSON.parse(scanJson(report)) as Json & { findings: Json[] };

describe('scanJson', () => {
  it('has every key in every finding, and null for what is not known', () => {
    const { findings, ...rest } = parsed(scanReport());
    expect(Object.keys(rest)).toEqual(['apiVersion', 'kind', 'target', 'undecided', 'errors', 'summary']);
    expect(rest).toMatchObject({ apiVersion: 'dockershim-migrate.io/v1', kind: 'ScanReport' });
    for (const one of findings) {
      expect(Object.keys(one).slice(0, KEYS.length)).toEqual(KEYS);
      expect(Object.keys(one.object as Json)).toEqual(['kind', 'namespace', 'name']);
    }
    const { file: _file, line: _line, column: _column, ...live } = finding({ object: { kind: 'Node', name: 'w' } });
    expect(parsed(scanReportOf([live])).findings[0]).toMatchObject({
      object: { kind: 'Node', namespace: null, name: 'w' },
      container: null,
      file: null,
      line: null,
      column: null,
      suppressed: null,
    });
  });

  it('keeps what is suppressed with its reason, what is live with its pods, and every value as it is', () => {
    const report = scanReport();
    const { findings } = parsed(report);
    expect(findings).toHaveLength(report.findings.length);
    expect(findings.filter(({ suppressed }) => suppressed !== null)).toHaveLength(report.summary.suppressed);
    findings.forEach((json, index) => {
      // The same but for what is null there and absent here.
      const back = JSON.parse(JSON.stringify(json), (_key, value: unknown) => value ?? undefined) as unknown;
      expect(back).toEqual(report.findings[index]);
    });
  });

  it('gives the same bytes for the same report, and nothing that steers', () => {
    expect(scanJson(scanReport())).toBe(scanJson(scanReport()));
    expect(steering(scanJson(scanReport()))).toEqual([]);
  });
});
