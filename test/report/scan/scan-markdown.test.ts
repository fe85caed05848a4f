import { describe, expect, it } from 'vitest';
import { scanMarkdown } from '../../../src/report/scan/scan-markdown.js';
import { finding, SAMPLE_RULES, scanReport, scanReportOf } from '../../fixtures/scan-report.js';
import { poisoned, steering } from '../poisoned.js';

const count = (text: string, word: RegExp): number => (text.match(word) ?? []).length;

const many = scanReportOf(
  Array.from({ length: 3000 }, (_, index) => finding({ line: index + 1, file: `größe/${index}.yaml` })),
);

describe('scanMarkdown', () => {
  it('reads as the golden file', async () => {
    await expect(scanMarkdown(scanReport(), SAMPLE_RULES, { showSuppressed: true })).toMatchFileSnapshot(
      '../../golden/report/scan/scan.md',
    );
  });

  it('has all findings under their severity, and what is suppressed on request only', () => {
    const { bySeverity, suppressed } = scanReport().summary;
    const text = scanMarkdown(scanReport(), SAMPLE_RULES);
    const sections = text.split(/^### /m).slice(1);
    expect(sections.map((section) => [section.split('\n')[0], count(section, /^- \*\*/gm)])).toEqual([
      [`Errors (${bySeverity.error})`, bySeverity.error],
      [`Warnings (${bySeverity.warning})`, bySeverity.warning],
      [`Notes (${bySeverity.note})`, bySeverity.note],
    ]);
    expect(text).not.toContain('SHOP-1711');
    const all = scanMarkdown(scanReport(), SAMPLE_RULES, { showSuppressed: true });
    expect(all).toContain(`### Suppressed (${suppressed})`);
    expect(all).toContain('Suppressed by annotation: is removed with release 42 \\(SHOP-1711\\)');
  });

  it.each([1000, 5000, 65_536, 1_048_576])(
    'stays below %i bytes, and says how many findings it leaves out',
    (maxBytes) => {
      const text = scanMarkdown(many, SAMPLE_RULES, { maxBytes });
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
      const [, left = '0'] = /\*\*([\d,]+) findings are left out here/.exec(text) ?? [];
      expect(count(text, /^- \*\*/gm) + Number(left.replace(',', ''))).toBe(3000);
      expect(count(text, /<details>/g)).toBe(count(text, /<\/details>/g));
    },
  );

  it('leaves nothing out where all fits to the byte', () => {
    const whole = scanMarkdown(scanReport(), SAMPLE_RULES);
    const size = Buffer.byteLength(whole);
    expect(scanMarkdown(scanReport(), SAMPLE_RULES, { maxBytes: size })).toBe(whole);
    expect(scanMarkdown(scanReport(), SAMPLE_RULES, { maxBytes: size - 1 })).toContain('left out here');
  });

  it('shows names and messages as they are: no markup, no HTML, nobody called', () => {
    const message = '<img src=x> [a](b) **c** @team/ops, see #12\n# Approved';
    const evidence = 'a | `b` @me <i>';
    const text = scanMarkdown(
      scanReportOf([finding({ message, evidence, object: { kind: 'Pod', name: '`|@x`' } })]),
      [],
    );
    expect(text).toContain(
      ': &lt;img src=x&gt; \\[a\\]\\(b\\) \\*\\*c\\*\\* <span>@</span>team/ops, see <span>#</span>12 \\# Approved\n',
    );
    expect(text).toContain('  Found: `` a | `b` @me <i> ``\n');
    expect(text).toContain('#### `` Pod `|@x` `` in `web.yaml`\n');
    expect(text).not.toMatch(/^# Approved/m);
  });

  it('keeps the rows of its table whole', () => {
    const text = scanMarkdown(scanReportOf([finding({ ruleId: 'a|b' })]), [
      { id: 'a|b', title: 'x | y', severity: 'error', why: '', fix: '', links: [] },
    ]);
    expect(text).toContain('| `a\\|b` | x \\| y | 1 |  |  |\n');
  });

  it('is short after a clean scan', () => {
    expect(scanMarkdown(scanReportOf([]), SAMPLE_RULES)).toBe(
      '## Dependencies on Docker\n\n**No dependency on Docker found in 120 files (3,456 objects) and 12 nodes.**\n',
    );
  });

  it('writes nothing that steers', () => {
    const text = scanMarkdown(poisoned(scanReport(), ['severity', 'confidence', 'by']), SAMPLE_RULES, {
      showSuppressed: true,
    });
    expect(text.length).toBeGreaterThan(1000);
    expect(steering(text)).toEqual([]);
  });
});
