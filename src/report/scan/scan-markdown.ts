import { SEVERITIES, type Finding, type Severity } from '../../core/finding.js';
import type { RuleInfo } from '../../core/rule-info.js';
import type { ScanReport } from '../../core/scan-report.js';
import { markdownCode } from '../markdown-code.js';
import { activeFindings } from './active-findings.js';
import { byObject } from './by-object.js';
import { codeSpan } from './code-span.js';
import { fittingBlocks, type Block } from './fitting-blocks.js';
import { objectName } from './object-name.js';
import { placeText } from './place-text.js';
import { commentText } from './comment-text.js';
import { scanVerdict } from './scan-verdict.js';
import { digits } from './digits.js';

export interface MarkdownOptions {
  readonly showSuppressed?: boolean;
  /** In UTF-8. By default what GitHub takes as a comment; a job's summary may have 1,048,576. 1,000 at least. */
  readonly maxBytes?: number;
}

const COMMENT = 65_536;
/** Undecided questions and errors that are listed at most, each. */
const GAPS = 20;

const TITLES: Readonly<Record<Severity, string>> = { error: 'Errors', warning: 'Warnings', note: 'Notes' };

/** For a comment on a pull request or a job's summary: totals in the open, evidence and fixes folded. */
export function scanMarkdown(report: ScanReport, rules: readonly RuleInfo[], options: MarkdownOptions = {}): string {
  const { showSuppressed = false, maxBytes = COMMENT } = options;
  const active = activeFindings(report.findings);
  const blocks: Block[] = [
    ['## Dependencies on Docker', '', `**${scanVerdict(report).replace(/\.$/, '')}.**`],
    ...(active.length === 0 ? [] : [totals(active, rules)]),
    ...gaps(report),
  ].map((lines) => ({ text: paragraph(lines), findings: 0 }));
  for (const severity of SEVERITIES) {
    blocks.push(
      ...section(
        TITLES[severity],
        active.filter((finding) => finding.severity === severity),
      ),
    );
  }
  if (showSuppressed)
    blocks.push(
      ...section(
        'Suppressed',
        report.findings.filter(({ suppressed }) => suppressed !== undefined),
      ),
    );
  return fittingBlocks(blocks, maxBytes);
}

function totals(active: readonly Finding[], rules: readonly RuleInfo[]): string[] {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const count = (id: string, severity: Severity): number =>
    active.filter((finding) => finding.ruleId === id && finding.severity === severity).length;
  const rows = [...new Set(active.map(({ ruleId }) => ruleId))]
    .map((id) => ({ id, counts: SEVERITIES.map((severity) => count(id, severity)) }))
    .sort((a, b) => compareCounts(a.counts, b.counts) || (a.id < b.id ? -1 : 1));
  return [
    '| Rule | What | Errors | Warnings | Notes |',
    '| --- | --- | ---: | ---: | ---: |',
    ...rows.map(({ id, counts }) => {
      const cells = counts.map((number) => (number === 0 ? '' : digits(number)));
      return `| ${[markdownCode(id), commentText(titles.get(id) ?? id), ...cells].join(' | ')} |`;
    }),
  ];
}

const compareCounts = (a: readonly number[], b: readonly number[]): number =>
  a.map((count, index) => (b[index] ?? 0) - count).find((difference) => difference !== 0) ?? 0;

function gaps({ undecided, errors }: ScanReport): string[][] {
  const list = (title: string, items: readonly string[]): string[][] => {
    if (items.length === 0) return [];
    const more = items.length > GAPS ? [`- and ${items.length - GAPS} more`] : [];
    return [[`**${title}**`, '', ...items.slice(0, GAPS), ...more]];
  };
  return [
    ...list(
      'Not scanned in full',
      errors.map(({ subject, line, message }) => {
        const place = `${subject}${line === undefined ? '' : `:${line}`}`;
        return `- ${codeSpan(place)}: ${commentText(message)}`;
      }),
    ),
    ...list(
      'Undecided',
      undecided.map(({ subject, why }) => `- ${codeSpan(subject)}: ${commentText(why)}`),
    ),
  ];
}

function section(title: string, findings: readonly Finding[]): Block[] {
  return byObject(findings).flatMap(({ object, file, fixes }, group) =>
    fixes
      .flatMap((fix) => fix.findings)
      .map((finding, index) => {
        const name = objectName(object);
        const where = file === undefined || file === name ? '' : ` in ${codeSpan(file)}`;
        const heading = index > 0 ? [] : [`#### ${codeSpan(name)}${where}`, ''];
        const above = group === 0 && index === 0 ? [`### ${title} (${findings.length})`, ''] : [];
        return { text: paragraph([...above, ...heading, ...item(finding)]), findings: 1 };
      }),
  );
}

function item(finding: Finding): string[] {
  const { ruleId, container, confidence, message, evidence, fix, file, suppressed } = finding;
  const about = [
    `**${codeSpan(ruleId)}**`,
    ...(file === undefined ? [] : [`at ${codeSpan(placeText(finding))}`]),
    ...(container === undefined ? [] : [`in container ${codeSpan(container)}`]),
    ...(confidence === 'possible' ? ['(possible)'] : []),
  ];
  return [
    `- ${about.join(' ')}: ${commentText(message)}`,
    ...(suppressed === undefined ? [] : [`  Suppressed by ${suppressed.by}: ${commentText(suppressed.reason)}`]),
    '  <details><summary>Evidence and fix</summary>',
    '',
    ...(evidence === '' ? [] : [`  Found: ${codeSpan(evidence)}`, '']),
    `  ${commentText(fix)}`,
    '',
    '  </details>',
  ];
}

const paragraph = (lines: readonly string[]): string => `${lines.join('\n')}\n\n`;
