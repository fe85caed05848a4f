import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/core/finding.js';
import { scanVerdict } from '../../../src/report/scan/scan-verdict.js';
import { finding, scanReportOf } from '../../fixtures/scan-report.js';

const inFile = (file: string, severity: Finding['severity'] = 'error') => finding({ file, severity });
const live = (kind: string, name: string): Finding => {
  const { file: _file, line: _line, ...rest } = finding({ object: { kind, name } });
  return rest;
};
const gone = finding({ suppressed: { by: 'comment', reason: 'known' } });

describe('scanVerdict', () => {
  it.each([
    ['1 error in 1 of 120 files', [inFile('a')]],
    ['2 errors, 1 note in 2 of 120 files; 1 suppressed', [inFile('a'), inFile('a'), inFile('b', 'note'), gone]],
    ['1 error in 1 live object', [live('Pod', 'a')]],
    [
      '4 errors in 1 of 120 files, 1 live object and 1 of 12 nodes',
      [inFile('a'), live('Pod', 'a'), live('Node', 'n'), inFile('n:/etc/x')],
    ],
    ['2 errors in 2 of 12 nodes', [inFile('w-01:/etc/docker/daemon.json'), live('Node', 'w-02')]],
    ['No dependency on Docker found in 120 files (3,456 objects) and 12 nodes; 1 suppressed.', [gone]],
  ])('%s', (sentence, findings) => expect(scanVerdict(scanReportOf(findings))).toBe(sentence));

  it.each([
    [{ files: 0, objects: 3456, nodes: 0 }, 'No dependency on Docker found in 3,456 objects.'],
    [{ files: 120, objects: 3456, nodes: 0 }, 'No dependency on Docker found in 120 files (3,456 objects).'],
    [{ files: 1, objects: 1, nodes: 0 }, 'No dependency on Docker found in 1 file (1 object).'],
    [{ files: 2, objects: 0, nodes: 0 }, 'No dependency on Docker found in 2 files.'],
    [{ files: 0, objects: 0, nodes: 1 }, 'No dependency on Docker found in 1 node.'],
    [{ files: 0, objects: 0, nodes: 0 }, 'No dependency on Docker found: there was nothing to scan.'],
  ])('of %j, all clean', (counts, sentence) => {
    const report = scanReportOf([]);
    expect(scanVerdict({ ...report, summary: { ...report.summary, ...counts } })).toBe(sentence);
  });

  it('does not hide what it did not see', () => {
    const gaps = { undecided: [{ subject: 'a', why: 'b' }], errors: [{ subject: 'c', message: 'd' }] };
    expect(scanVerdict(scanReportOf([], gaps))).toMatch(/; 1 undecided, 1 not scanned in full\.$/);
    expect(scanVerdict(scanReportOf([inFile('a')], gaps))).toMatch(/files; 1 undecided, 1 not scanned in full$/);
  });

  it('counts objects of a cluster against all of them, where no files were scanned', () => {
    const report = scanReportOf([live('Pod', 'a'), live('Pod', 'a'), live('Pod', 'b')]);
    expect(scanVerdict({ ...report, summary: { ...report.summary, files: 0 } })).toBe('3 errors in 2 of 3,456 objects');
  });
});
