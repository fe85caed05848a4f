import { describe, expect, it } from 'vitest';
import { scanJunit } from '../../../src/report/scan/scan-junit.js';
import type { ScanReport } from '../../../src/core/scan-report.js';
import { finding, SAMPLE_RULES, scanReport, scanReportOf } from '../../fixtures/scan-report.js';
import { xmlTree, type XmlElement } from './xml-tree.js';

const treeOf = (report: ScanReport): XmlElement => xmlTree(scanJunit(report, SAMPLE_RULES));
const casesOf = (report: ScanReport): XmlElement[] => treeOf(report).children.flatMap(({ children }) => children);
const outcomeOf = (one: XmlElement | undefined): string | undefined => one?.children[0]?.name;

describe('scanJunit', () => {
  it('reads as the golden file', async () => {
    await expect(scanJunit(scanReport(), SAMPLE_RULES)).toMatchFileSnapshot('../../golden/report/scan/junit.xml');
  });

  it('has a test for each finding and each error, and counts them', () => {
    const { name, attributes, children } = treeOf(scanReport());
    expect(name).toBe('testsuites');
    expect(attributes).toMatchObject({ tests: '45', failures: '23', errors: '3', skipped: '4' });
    const sum = (key: string) => children.reduce((total, suite) => total + Number(suite.attributes[key]), 0);
    expect(['tests', 'failures', 'errors', 'skipped'].map((key) => String(sum(key)))).toEqual(['45', '23', '3', '4']);
    for (const suite of children) expect(suite.attributes.tests).toBe(String(suite.children.length));
  });

  it.each([
    [{ severity: 'error' as const }, 'failure'],
    [{ severity: 'warning' as const }, 'failure'],
    [{ severity: 'note' as const }, 'system-out'],
    [{ suppressed: { by: 'comment' as const, reason: 'known & "wanted"' } }, 'skipped'],
  ])('%j is a %s', (overrides, outcome) => {
    const [one] = casesOf(scanReportOf([finding(overrides)]));
    expect(outcomeOf(one)).toBe(outcome);
    if (outcome === 'skipped') expect(one?.children[0]?.attributes).toEqual({ message: 'known & "wanted"' });
    if (outcome === 'failure') expect(one?.children[0]?.attributes.type).toBe('docker-sock');
  });

  it('gives every test a name that has no line in it and that no other has', () => {
    const cases = casesOf(scanReport());
    const names = cases.map(({ attributes }) => `${attributes.classname} ${attributes.name}`);
    expect(new Set(names).size).toBe(names.length);
    const at = (line: number) => casesOf(scanReportOf([finding({ line, endLine: line })]))[0]?.attributes;
    expect(at(3)).toEqual(at(4));
  });

  it('has one test that passes when nothing was found', () => {
    const cases = casesOf(scanReportOf([]));
    expect(cases.map((one) => [one.attributes.name, one.children])).toEqual([
      ['No dependency on Docker found in 120 files (3,456 objects) and 12 nodes.', []],
    ]);
  });

  it('is no clean scan when a file could not be read', () => {
    const errors = [{ subject: 'x.yaml', line: 3, message: 'no YAML' }];
    const cases = casesOf(scanReportOf([], { errors }));
    expect(cases.map((one) => [outcomeOf(one), one.children[0]?.attributes.message])).toEqual([
      ['error', 'line 3: no YAML'],
    ]);
  });

  it('is well-formed whatever stands in names and messages', () => {
    const all = Array.from({ length: 0x250 }, (_, code) => String.fromCharCode(code)).join('');
    const hostile = `${all}\ud800\udc00\ud800 \ufffe\uffff]]>`;
    const [one] = casesOf(
      scanReportOf([finding({ message: hostile, evidence: hostile, object: { kind: 'Pod', name: hostile } })]),
    );
    expect(one?.attributes.name).toContain('\\x00\\x01');
    expect(one?.children[0]?.text).toContain(`%&'()*+`);
    expect(one?.children[0]?.text).toContain('\ud800\udc00\ufffd \ufffd\ufffd]]>');
  });
});
