import { describe, expect, it } from 'vitest';
import { SCAN_FORMATS, scanFormat, type ScanFormatContext } from '../../../src/report/scan/scan-formats.js';
import { SAMPLE_RULES, sampleLine, scanReport } from '../../fixtures/scan-report.js';

const context: ScanFormatContext = {
  rules: SAMPLE_RULES,
  color: false,
  width: 100,
  showSuppressed: false,
  lineOf: sampleLine,
};

const BEGINNINGS = {
  text: 'Node w-01\n',
  json: '{\n  "apiVersion": "dockershim-migrate.io/v1",\n  "kind": "ScanReport"',
  sarif: '{\n  "$schema": "https://docs.oasis-open.org/sarif/',
  junit: '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ',
  markdown: '## Dependencies on Docker\n',
  html: '<!doctype html>\n',
  github: '::error ',
  gitlab: '[\n  {\n    "description"',
} as const;

describe('scanFormat', () => {
  it.each(SCAN_FORMATS)('writes %s', async (format) => {
    const text = (await scanFormat(format))(scanReport(), context);
    expect(text.startsWith(BEGINNINGS[format])).toBe(true);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('passes on what a format needs', async () => {
    const full = {
      ...context,
      showSuppressed: true,
      version: '9.8.7',
      generatedAt: '2024-03-01T00:00:00Z',
      maxBytes: 5000,
    };
    const of = async (format: (typeof SCAN_FORMATS)[number]) => (await scanFormat(format))(scanReport(), full);
    expect(await of('sarif')).toContain('"semanticVersion": "9.8.7"');
    expect(await of('sarif')).toContain('"justification": "the policy is removed with 1.25"');
    expect(await of('text')).toContain('by comment: the policy is removed with 1.25');
    expect(Buffer.byteLength(await of('markdown'))).toBeLessThanOrEqual(5000);
    const page = await of('html');
    expect(page).toContain('2024-03-01');
    // A line above the one found shows that lines come through.
    expect(page).toContain('hostPath:');
  });
});
