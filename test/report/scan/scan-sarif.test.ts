import { describe, expect, it } from 'vitest';
import { scanSarif, type SarifOptions } from '../../../src/report/scan/scan-sarif.js';
import type { ScanReport } from '../../../src/core/scan-report.js';
import { SAMPLE_FILES } from '../../fixtures/scan-files.js';
import { finding, SAMPLE_RULES, scanReport, scanReportOf } from '../../fixtures/scan-report.js';
import { steering } from '../poisoned.js';
import { sarifLog } from './sarif-log.js';

const runOf = (report: ScanReport, options?: SarifOptions, rules = SAMPLE_RULES) =>
  sarifLog.parse(JSON.parse(scanSarif(report, rules, options))).runs[0];

const uriOf = (file: string): string | undefined =>
  runOf(scanReportOf([finding({ file })])).results[0]?.locations[0]?.physicalLocation.artifactLocation.uri;

describe('scanSarif', () => {
  it('has a result for each finding that is not suppressed, each with its rule and a fingerprint of its own', () => {
    const report = scanReport();
    const { results, tool } = runOf(report);
    expect(results).toHaveLength(report.findings.length - report.summary.suppressed);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    const prints = results.map(({ partialFingerprints }) => partialFingerprints['dockershimMigrate/v1']);
    expect(new Set(prints).size).toBe(results.length);
  });

  it('points at the very text in the file', () => {
    const regions = runOf(scanReport()).results.flatMap(({ locations: [location] }) => {
      const { artifactLocation, region } = location?.physicalLocation ?? {};
      const text = SAMPLE_FILES[decodeURIComponent(artifactLocation?.uri ?? '')];
      if (text === undefined || region === undefined) return [];
      const line = text.split('\n')[region.startLine - 1] ?? '';
      return [
        {
          there: line.slice((region.startColumn ?? 0) - 1, (region.endColumn ?? 0) - 1),
          snippet: region.snippet?.text,
        },
      ];
    });
    expect(regions.length).toBeGreaterThan(20);
    for (const { there, snippet } of regions) expect(there).toBe(snippet);
  });

  it('shows what is suppressed on request, and of all else that it is not', () => {
    const { results } = runOf(scanReport(), { showSuppressed: true });
    expect(results).toHaveLength(scanReport().findings.length);
    const found = results.flatMap(({ suppressions = [] }) => suppressions);
    expect(found.map(({ kind }) => kind).sort()).toEqual(['external', 'external', 'inSource', 'inSource']);
    expect(found.map(({ justification }) => justification)).toContain('is removed with release 42 (SHOP-1711)');
    expect(results.every(({ suppressions }) => suppressions !== undefined)).toBe(true);
  });

  it.each([
    ['ci/agent.yaml', 'ci/agent.yaml'],
    ['a b/ünï %41#?.yaml', 'a%20b/%C3%BCn%C3%AF%20%2541%23%3F.yaml'],
    ['a:b.yaml', 'a%3Ab.yaml'],
    ['../up.yaml', '../up.yaml'],
    ['/abs/x.yaml', 'file:///abs/x.yaml'],
    ['w-01:/etc/docker/daemon.json', 'nodes/w-01/etc/docker/daemon.json'],
    ['half\ud83d.yaml', 'half%EF%BF%BD.yaml'],
  ])('names %s as %s', (file, uri) => expect(uriOf(file)).toBe(uri));

  it('gives what is live a path that stands for it, and says what it is', () => {
    const {
      file: _file,
      line: _line,
      ...live
    } = finding({ object: { kind: 'DaemonSet', namespace: 'ops', name: 'gc' }, container: 'c' });
    const [location] = runOf(scanReportOf([live])).results[0]?.locations ?? [];
    expect(location?.physicalLocation.artifactLocation.uri).toBe('cluster/ops/DaemonSet/gc');
    expect(location?.physicalLocation.region.startLine).toBe(1);
    expect(location?.logicalLocations?.map(({ fullyQualifiedName }) => fullyQualifiedName)).toEqual([
      'ops/DaemonSet/gc',
      'ops/DaemonSet/gc/c',
    ]);
  });

  it('guards what SARIF reads as placeholders and links', () => {
    const { results } = runOf(scanReportOf([finding({ message: 'Uses {{ .Values.x }} in [a](b\\c).', fix: 'Do.' })]));
    expect(results[0]?.message.text).toBe('Uses {{{{ .Values.x }}}} in \\[a\\](b\\\\c). Do.');
  });

  it('tells what was not scanned, and what could not be decided', () => {
    const { invocations, results } = runOf(scanReport({ findings: [] }));
    expect(results).toEqual([]);
    const [{ executionSuccessful, toolExecutionNotifications: told }] = invocations;
    expect(executionSuccessful).toBe(true);
    expect(told.map(({ level }) => level)).toEqual(['error', 'error', 'error', 'warning', 'warning']);
    expect(told[0]?.locations?.[0]?.physicalLocation.region.startLine).toBe(14);
  });

  it('makes up for a rule that it does not know, and cuts descriptions where GitHub does', () => {
    const { results, tool } = runOf(scanReportOf([finding({ ruleId: 'from-tomorrow' })]), {}, []);
    expect(tool.driver.rules.map(({ id, name }) => [id, name])).toEqual([['from-tomorrow', 'FromTomorrow']]);
    expect(results[0]?.ruleIndex).toBe(0);
    const short = runOf(scanReportOf([finding({ ruleId: 'cni' })]), {}, []);
    expect(short.tool.driver.rules[0]?.name).toBeUndefined();
    const [rule] = SAMPLE_RULES;
    if (rule === undefined) throw new Error('no rule');
    const long = runOf(scanReportOf([]), {}, [{ ...rule, why: 'x'.repeat(2000) }]);
    expect(long.tool.driver.rules[0]?.fullDescription.text).toHaveLength(1024);
  });

  it('writes nothing that steers', () => {
    expect(steering(scanSarif(scanReport(), SAMPLE_RULES, { showSuppressed: true }))).toEqual([]);
  });
});
