import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scanGitlab } from '../../../src/report/scan/scan-gitlab.js';
import { finding, scanReport, scanReportOf } from '../../fixtures/scan-report.js';
import { steering } from '../poisoned.js';

/** What GitLab demands of an issue, and what else is written. */
const codeQuality = z.array(
  z.strictObject({
    description: z.string().min(1),
    check_name: z.string().min(1),
    fingerprint: z.string().min(1),
    severity: z.enum(['info', 'minor', 'major', 'critical', 'blocker']),
    location: z.strictObject({
      path: z.string().regex(/^(?!\.?\/)./),
      lines: z.strictObject({ begin: z.number().int().min(1) }),
    }),
    content: z.strictObject({ body: z.string() }),
  }),
);

describe('scanGitlab', () => {
  it('has an issue for each finding that is not suppressed, each with a fingerprint of its own', () => {
    const report = scanReport();
    const issues = codeQuality.parse(JSON.parse(scanGitlab(report)));
    expect(issues).toHaveLength(report.findings.length - report.summary.suppressed);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  });

  it.each([
    ['error', 'definite', 'critical'],
    ['error', 'possible', 'major'],
    ['warning', 'definite', 'major'],
    ['warning', 'possible', 'minor'],
    ['note', 'definite', 'info'],
  ] as const)('%s, %s is %s', (severity, confidence, expected) => {
    const [issue] = codeQuality.parse(JSON.parse(scanGitlab(scanReportOf([finding({ severity, confidence })]))));
    expect(issue?.severity).toBe(expected);
  });

  it('shows what is live under a path that stands for it', () => {
    const { file: _file, line: _line, ...live } = finding({ object: { kind: 'PersistentVolume', name: 'a/b' } });
    const [issue] = codeQuality.parse(JSON.parse(scanGitlab(scanReportOf([live]))));
    expect(issue?.location).toEqual({ path: 'cluster/PersistentVolume/a_b', lines: { begin: 1 } });
    expect(issue?.description).toMatch(/^PersistentVolume a\/b: /);
  });

  it('is an empty list after a clean scan, and never steers', () => {
    expect(JSON.parse(scanGitlab(scanReportOf([])))).toEqual([]);
    expect(steering(scanGitlab(scanReport()))).toEqual([]);
  });
});
