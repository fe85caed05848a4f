import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/core/finding.js';
import { displayWidth } from '../../../src/report/display-width.js';
import { scanText, type ScanTextOptions } from '../../../src/report/scan/scan-text.js';
import { finding, sampleLine, scanReport, scanReportOf } from '../../fixtures/scan-report.js';
import { poisoned, steering } from '../poisoned.js';

const plain = { color: false, width: 100, showSuppressed: false } satisfies ScanTextOptions;
const SGR = /\u001b\[[0-9;]*m/g;

const shown = (overrides: Partial<Finding>, line?: string, width = 100): string[] =>
  scanText(scanReportOf([finding(overrides)]), { ...plain, width, lineOf: () => line }).split('\n');

/** The offending line, the marks under it, and the text that they mark. */
function marked(overrides: Partial<Finding>, line: string, width = 100) {
  const lines = shown(overrides, line, width);
  const at = lines.findIndex((text) => text.includes('│ ') && text.includes('^'));
  const [above = '', marks = ''] = lines.slice(at - 1, at + 1);
  const from = displayWidth(marks.slice(0, marks.indexOf('^')));
  const to = from + marks.split('^').length - 1;
  let column = 0;
  let text = '';
  for (const character of above) {
    if (column >= from && column < to) text += character;
    column += displayWidth(character);
  }
  return { above, text };
}

describe('scanText', () => {
  it.each([80, 100, 160])('reads as the golden file at %i columns', async (width) => {
    const text = scanText(scanReport(), { color: false, width, showSuppressed: width === 80, lineOf: sampleLine });
    await expect(text).toMatchFileSnapshot(`../../golden/report/scan/scan-${width}.txt`);
  });

  it.each([80, 100, 160])('has no line wider than %i columns, but for paths and names', (width) => {
    const text = scanText(scanReport(), { color: true, width, showSuppressed: true, lineOf: sampleLine });
    const wide = text
      .replace(SGR, '')
      .split('\n')
      .filter((line) => displayWidth(line) > width);
    // What is left without the longest word would never have been folded.
    const rest = wide.map((line) => displayWidth(line) - Math.max(...line.split(' ').map(displayWidth)));
    expect(Math.max(0, ...rest)).toBeLessThan(32);
  });

  it('says the same with colours and without', () => {
    const options = { ...plain, lineOf: sampleLine };
    const colored = scanText(scanReport(), { ...options, color: true });
    expect(colored).toMatch(SGR);
    expect(colored.replace(SGR, '')).toBe(scanText(scanReport(), options));
  });

  it('tells severities apart by colour', () => {
    const colors = pc.createColors(true);
    const of = (severity: Finding['severity']) =>
      scanText(scanReportOf([finding({ severity })]), { ...plain, color: true });
    expect(of('error')).toContain(colors.red(colors.bold('error')));
    expect(of('warning')).toContain(colors.yellow(colors.bold('warning')));
    expect(of('note')).toContain(colors.cyan(colors.bold('note')));
  });

  it('marks the evidence in its line', () => {
    const line = '      path: /var/run/docker.sock  # old';
    expect(marked({ column: 13, endColumn: 33 }, line)).toEqual({
      above: '    3 │ path: /var/run/docker.sock  # old',
      text: '/var/run/docker.sock',
    });
  });

  it.each([
    ['tabs before it', '\t\tpath:\t/var/run/docker.sock', 9],
    ['wide letters before it', '画像の掃除 🧹: /var/run/docker.sock', 11],
    ['an escape before it', 'a\u001b[31m: /var/run/docker.sock', 9],
    ['columns that a masked secret has moved', 'pw: *** path: /var/run/docker.sock', 40],
  ])('marks it with %s', (_, line, column) => {
    expect(marked({ column, endColumn: column + 20 }, line).text).toBe('/var/run/docker.sock');
  });

  it.each([60, 80, 100])('cuts a line without end to what is near, at %i columns', (width) => {
    const line = `${'x'.repeat(5_000_000)}/var/run/docker.sock${'y'.repeat(5_000_000)}`;
    const { above, text } = marked({ column: 5_000_001, endColumn: 5_000_021 }, line, width);
    expect(text).toBe('/var/run/docker.sock');
    expect(above).toMatch(/│ …x+\/var\/run\/docker\.sock(y+)…$/);
    expect(displayWidth(above)).toBe(width);
  });

  it('adds the evidence where it does not stand in the line as such', () => {
    const lines = shown({ column: 1, endColumn: 30 }, '"\\u002fvar\\u002frun\\u002fdocker.sock"');
    expect(lines).toContain('      = /var/run/docker.sock');
    expect(shown({ column: 1, endColumn: 21 }, '/var/run/docker.sock').join()).not.toContain('= /var');
  });

  it('shows the evidence alone where there is no line', () => {
    expect(shown({}, undefined)).toContain('      │ /var/run/docker.sock');
  });

  it('tells a fix that several findings of an object share once, behind the last of them', () => {
    const other = finding({ line: 4, fix: 'Other.' });
    const lines = scanText(scanReportOf([finding({ line: 3 }), other, finding({ line: 5 })]), plain).split('\n');
    const told = lines.flatMap((line) => /web\.yaml:\d+|fix.*/.exec(line)?.[0] ?? []);
    expect(told).toEqual([
      'web.yaml:3',
      'web.yaml:5',
      'fix for these 2: Mount /run/containerd/containerd.sock instead.',
      'web.yaml:4',
      'fix: Other.',
    ]);
  });

  it('has one heading for each object of a file', () => {
    const pod = (name: string, file: string) => finding({ file, object: { kind: 'Pod', name } });
    const text = scanText(
      scanReportOf([pod('a', '1.yaml'), pod('b', '1.yaml'), pod('a', '1.yaml'), pod('a', '2.yaml')]),
      plain,
    );
    expect(text.match(/^Pod.*$/gm)).toEqual(['Pod a  1.yaml', 'Pod b  1.yaml', 'Pod a  2.yaml']);
  });

  it('shows what is suppressed with its reason on request, and counts it always', () => {
    const hidden = finding({ fix: 'Secret fix.', suppressed: { by: 'config', reason: 'stays on Docker' } });
    const report = scanReportOf([hidden]);
    expect(scanText(report, plain)).toBe(
      'No dependency on Docker found in 120 files (3,456 objects) and 12 nodes; 1 suppressed.\n',
    );
    const text = scanText(report, { ...plain, showSuppressed: true });
    expect(text).toContain(
      'Suppressed\n  error  docker-sock  web.yaml:3:5  Pod default/web\n    by config: stays on Docker\n',
    );
  });

  it('names what was not scanned and what is undecided', () => {
    const text = scanText(scanReport({ findings: [] }), plain);
    expect(text).toContain('  chart/broken.yaml:14: a mapping value is not allowed here');
    expect(text).toContain('  node w-17: ssh: connect to host 10.0.4.17 port 22: No route to host');
  });

  it('writes nothing that steers, whoever named things', () => {
    const report = poisoned(scanReport(), ['severity', 'confidence', 'by']);
    const text = scanText(report, { ...plain, showSuppressed: true, lineOf: () => 'x\u001b[2J\u009b1m\u202e' });
    expect(text.length).toBeGreaterThan(5000);
    expect(steering(text)).toEqual([]);
  });
});
