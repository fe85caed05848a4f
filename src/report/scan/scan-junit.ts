import type { Finding } from '../../core/finding.js';
import type { RuleInfo } from '../../core/rule-info.js';
import type { ScanError, ScanReport } from '../../core/scan-report.js';
import { objectName } from './object-name.js';
import { placeText } from './place-text.js';
import { scanVerdict } from './scan-verdict.js';
import { xmlText } from './xml-text.js';

const TOOL = 'dockershim-migrate';

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

interface Case {
  readonly name: string;
  readonly outcome: 'failure' | 'error' | 'skipped' | 'passed';
  /** Attributes and text of the outcome's element; of what passed, the text alone. */
  readonly type?: string;
  readonly message?: string;
  readonly text?: readonly string[];
}

/**
 * For Jenkins and GitLab, a suite a rule. Jenkins makes its tree from the class's name and breaks that at dots, which
 * files have and rules have not; and it tells how long a test has been failing by names alone, so none has a line in it.
 */
export function scanJunit(report: ScanReport, rules: readonly RuleInfo[]): string {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const ids = [...new Set(report.findings.map(({ ruleId }) => ruleId))].sort();
  const suites = ids.map((id): Suite => {
    const cases = report.findings
      .filter(({ ruleId }) => ruleId === id)
      .map((finding) => findingCase(finding, titles.get(id)));
    return { name: id, cases: numbered(cases) };
  });
  if (report.errors.length > 0) suites.push({ name: 'not-scanned', cases: numbered(report.errors.map(errorCase)) });
  // A report without any test is an error to Jenkins.
  const clean: Suite = { name: 'scan', cases: [{ name: scanVerdict(report), outcome: 'passed' }] };
  const all = suites.length === 0 ? [clean] : suites;
  const totals = counts(all.flatMap(({ cases }) => cases));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${TOOL}" ${totals}>`,
    ...all.flatMap(suiteXml),
    '</testsuites>',
    '',
  ].join('\n');
}

function findingCase(finding: Finding, title = finding.ruleId): Case {
  const { file, object, container, severity, suppressed, evidence, fix } = finding;
  const named = file !== undefined && objectName(object) !== file ? `${file}: ` : '';
  const name = `${named}${objectName(object)}${container === undefined ? '' : `, container ${container}`}`;
  const text = [finding.message, `At: ${placeText(finding)}`, `Found: ${evidence}`, `Fix: ${fix}`, `Rule: ${title}`];
  if (suppressed !== undefined) return { name, outcome: 'skipped', message: suppressed.reason };
  if (severity === 'note') return { name, outcome: 'passed', text };
  return { name, outcome: 'failure', type: finding.ruleId, message: finding.message, text };
}

const errorCase = ({ subject, line, message }: ScanError): Case => ({
  name: subject,
  outcome: 'error',
  type: 'not-scanned',
  message: line === undefined ? message : `line ${line}: ${message}`,
});

/** Tests of one name would be taken for one test. */
function numbered(cases: readonly Case[]): Case[] {
  const seen = new Map<string, number>();
  return cases.map((one) => {
    const count = (seen.get(one.name) ?? 0) + 1;
    seen.set(one.name, count);
    return count === 1 ? one : { ...one, name: `${one.name} (${count})` };
  });
}

const suiteXml = ({ name, cases }: Suite): string[] => [
  `  <testsuite name="${xmlText(name)}" ${counts(cases)}>`,
  ...cases.flatMap((one) => caseXml(one, `${TOOL}.${name}`)),
  '  </testsuite>',
];

function caseXml({ name, outcome, type, message, text = [] }: Case, className: string): string[] {
  const open = `    <testcase classname="${xmlText(className)}" name="${xmlText(name)}" time="0"`;
  const body = text.map(xmlText).join('\n');
  if (outcome === 'passed') {
    return body === '' ? [`${open}/>`] : [`${open}>`, `      <system-out>${body}</system-out>`, '    </testcase>'];
  }
  const attributes = [
    ...(message === undefined ? [] : [` message="${xmlText(message)}"`]),
    ...(type === undefined ? [] : [` type="${xmlText(type)}"`]),
  ].join('');
  const element = body === '' ? `<${outcome}${attributes}/>` : `<${outcome}${attributes}>${body}</${outcome}>`;
  return [`${open}>`, `      ${element}`, '    </testcase>'];
}

function counts(cases: readonly Case[]): string {
  const of = (outcome: Case['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  return `tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}" time="0"`;
}
