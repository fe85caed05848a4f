import pc from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import type { Finding } from '../../core/finding.js';
import type { ScanReport } from '../../core/scan-report.js';
import { displayWidth } from '../display-width.js';
import { printable } from '../printable.js';
import type { TextOptions } from '../text-options.js';
import { wrapText } from '../wrap-text.js';
import { activeFindings } from './active-findings.js';
import { byObject, type ObjectGroup } from './by-object.js';
import { countText } from './count-text.js';
import type { LineOf } from './line-of.js';
import { objectName } from './object-name.js';
import { placeText } from './place-text.js';
import { scanVerdict } from './scan-verdict.js';
import { severityPaint } from './severity-paint.js';
import { sourceLineText } from './source-line-text.js';

export interface ScanTextOptions extends TextOptions {
  readonly showSuppressed: boolean;
  readonly lineOf?: LineOf;
}

/** Prose reads badly on very long lines. */
const PROSE = 110;
const INDENT = '    ';

/** For a terminal: findings by file and object, each with its line and its fix, and a last line that sums up. */
export function scanText(report: ScanReport, options: ScanTextOptions): string {
  const colors = pc.createColors(options.color);
  const groups = byObject(activeFindings(report.findings));
  const lines = [
    ...groups.flatMap((group) => [...groupLines(group, options, colors), '']),
    ...(options.showSuppressed ? suppressedLines(report.findings, options, colors) : []),
    ...gapLines(report, options, colors),
  ];
  const { error, warning } = report.summary.bySeverity;
  const paint = error > 0 ? colors.red : warning > 0 ? colors.yellow : groups.length > 0 ? colors.cyan : colors.green;
  lines.push(...wrapText(scanVerdict(report), options.width).map((line) => colors.bold(paint(line))));
  return `${lines.join('\n')}\n`;
}

function groupLines({ object, file, fixes }: ObjectGroup, options: ScanTextOptions, colors: Colors): string[] {
  const name = objectName(object);
  const [first] = fixes[0]?.findings ?? [];
  const beside = [
    ...(file === undefined || printable(file) === name ? [] : [printable(file)]),
    ...(first?.pods === undefined ? [] : [first.pods === 0 ? 'no pods' : countText(first.pods, 'pod')]),
    ...(first?.inTemplate === true ? ['template'] : []),
  ].join(', ');
  const oneLine = displayWidth(name) + 2 + displayWidth(beside) <= options.width;
  const lines = [
    ...(beside !== '' && oneLine ? [`${colors.bold(name)}  ${colors.dim(beside)}`] : [colors.bold(name)]),
    ...(beside !== '' && !oneLine ? [`  ${colors.dim(beside)}`] : []),
  ];
  const digits = Math.max(1, ...fixes.flatMap(({ findings }) => findings.map(({ line = 1 }) => String(line).length)));
  for (const { fix, findings } of fixes) {
    for (const finding of findings) lines.push('', ...findingLines(finding, digits, options, colors));
    const label = findings.length === 1 ? 'fix:' : `fix for these ${findings.length}:`;
    const folded = wrapText(fix, Math.min(options.width, PROSE), `${INDENT}     `, `${INDENT}${label} `);
    lines.push(...folded.map((line) => colors.dim(line)));
  }
  return lines;
}

function findingLines(finding: Finding, digits: number, options: ScanTextOptions, colors: Colors): string[] {
  const { severity, confidence, ruleId, message, file, line, container } = finding;
  const paint = severityPaint(severity, colors);
  const words = [
    paint(colors.bold(severity)),
    colors.bold(printable(ruleId)),
    ...(file === undefined ? [] : [placeText(finding)]),
    ...(container === undefined ? [] : [colors.dim(`container ${printable(container)}`)]),
    ...(confidence === 'possible' ? [colors.dim('possible')] : []),
  ];
  const source = file === undefined || line === undefined ? undefined : options.lineOf?.(file, line);
  return [
    ...flowed(words, options.width),
    ...wrapText(message, Math.min(options.width, PROSE), INDENT),
    ...sourceLineText(finding, source, { colors, width: options.width, indent: INDENT, digits }),
  ];
}

/** Words with two spaces between, on as many lines as they need; none is broken. */
function flowed(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && displayWidth(line) + 2 + displayWidth(word) > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? `${lines.length === 0 ? '  ' : INDENT}${word}` : `${line}  ${word}`;
  }
  return [...lines, line];
}

function suppressedLines(findings: readonly Finding[], { width }: ScanTextOptions, colors: Colors): string[] {
  const lines = findings.flatMap((finding) => {
    const { suppressed, severity, ruleId, object, file } = finding;
    if (suppressed === undefined) return [];
    const name = objectName(object);
    const words = [
      severity,
      printable(ruleId),
      ...(file === undefined ? [] : [placeText(finding)]),
      ...(file !== undefined && name === printable(file) ? [] : [name]),
    ];
    return [
      ...flowed(words, width).map((line) => colors.dim(line)),
      ...wrapText(`by ${suppressed.by}: ${suppressed.reason}`, Math.min(width, PROSE), INDENT),
    ];
  });
  return lines.length === 0 ? [] : [colors.bold('Suppressed'), ...lines, ''];
}

function gapLines({ undecided, errors }: ScanReport, { width }: ScanTextOptions, colors: Colors): string[] {
  const section = (title: string, texts: readonly string[]): string[] =>
    texts.length === 0
      ? []
      : [colors.bold(colors.magenta(title)), ...texts.flatMap((text) => wrapText(text, width, INDENT, '  ')), ''];
  return [
    ...section(
      'Undecided',
      undecided.map(({ ruleId, subject, why }) =>
        printable(`${subject}: ${why}${ruleId === undefined ? '' : ` (${ruleId})`}`),
      ),
    ),
    ...section(
      'Not scanned in full',
      errors.map(({ subject, line, message }) =>
        printable(`${subject}${line === undefined ? '' : `:${line}`}: ${message}`),
      ),
    ),
  ];
}
