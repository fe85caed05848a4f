import type { Finding, Severity } from '../../core/finding.js';
import type { RuleInfo } from '../../core/rule-info.js';
import type { ScanReport } from '../../core/scan-report.js';
import { printable } from '../printable.js';
import { activeFindings } from './active-findings.js';
import { nodeFile } from './node-file.js';
import { objectName } from './object-name.js';
import { scanVerdict } from './scan-verdict.js';
import { worstFirst } from './worst-first.js';

/** Annotations of one level that GitHub keeps of a step; the rest stands in the log alone. */
const KEPT = 10;

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * Commands that make annotations in GitHub Actions, the worst first, see
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands. What is suppressed is not shown.
 */
export function scanGithub(report: ScanReport, rules: readonly RuleInfo[]): string {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const findings = worstFirst(activeFindings(report.findings));
  const annotations = findings.map((finding) => annotation(finding, titles.get(finding.ruleId)));
  const more = Object.values(report.summary.bySeverity).some((count) => count > KEPT);
  if (more) {
    // Before the notes: behind ten of them GitHub would not keep it.
    const graver = findings.filter(({ severity }) => severity !== 'note').length;
    const sentence = `${scanVerdict(report)}. GitHub shows ${KEPT} annotations of a level at most; the log of this step has them all.`;
    annotations.splice(graver, 0, command('notice', { title: 'Dependencies on Docker' }, sentence));
  }
  return annotations.map((line) => `${line}\n`).join('');
}

function annotation(finding: Finding, title: string | undefined): string {
  const { file, line, column, endLine, endColumn, ruleId, object, container, fix, message } = finding;
  // Without a file of the repository the annotation stands at the run.
  const inRepository = file !== undefined && nodeFile(file) === undefined;
  const oneLine = line !== undefined && line === endLine;
  const about = [
    objectName(object),
    ...(container === undefined ? [] : [`container ${container}`]),
    ...(file === undefined || inRepository ? [] : [`${file}${line === undefined ? '' : `:${line}`}`]),
  ];
  return command(
    COMMANDS[finding.severity],
    {
      ...(inRepository ? { file, line, endLine: endLine ?? line } : {}),
      ...(inRepository && oneLine ? { col: column, endColumn } : {}),
      title: title === undefined ? ruleId : `${title} (${ruleId})`,
    },
    `${printable(message)}\n${printable(about.join(', '))}\nFix: ${printable(fix)}`,
  );
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${property(printable(String(value)))}`],
  );
  return `::${name} ${given.join(',')}::${data(message)}`;
}

// As the runner unescapes them, see src/Runner.Common/ActionCommand.cs in actions/runner.
const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
