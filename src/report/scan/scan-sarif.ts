import type { Finding, Suppression } from '../../core/finding.js';
import type { RuleInfo } from '../../core/rule-info.js';
import type { ScanReport } from '../../core/scan-report.js';
import { printable } from '../printable.js';
import { activeFindings } from './active-findings.js';
import { safeJson } from '../safe-json.js';
import { artifactLocation, sarifLocation } from './sarif-location.js';
import { sarifMessage } from './sarif-message.js';
import { sarifRule } from './sarif-rule.js';
import { standInPath } from './stand-in-path.js';

export interface SarifOptions {
  /** Of this tool. */
  readonly version?: string;
  /** With their suppressions. GitHub ignores these and shows the results as open: https://github.com/github/codeql-action/issues/1230 */
  readonly showSuppressed?: boolean;
}

/** SARIF 2.1.0, see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, as far as GitHub's code scanning shows it. */
export function scanSarif(report: ScanReport, rules: readonly RuleInfo[], options: SarifOptions = {}): string {
  const { version, showSuppressed = false } = options;
  const shown = showSuppressed ? report.findings : activeFindings(report.findings);
  const known = withUnknown(rules, shown);
  const indices = new Map(known.map(({ id }, index) => [id, index]));
  return safeJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'dockershim-migrate',
            ...(version === undefined ? {} : { version, semanticVersion: version }),
            rules: known.map(sarifRule),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder where the scan was started.' } } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(report) }],
        results: shown.map((finding) => result(finding, indices.get(finding.ruleId) ?? -1, showSuppressed)),
      },
    ],
  });
}

/** A report that another version wrote may name a rule that this one does not know. */
function withUnknown(rules: readonly RuleInfo[], findings: readonly Finding[]): RuleInfo[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  for (const { ruleId: id, severity, message, fix } of findings) {
    if (!known.has(id)) known.set(id, { id, title: id, severity, why: message, fix, links: [] });
  }
  return [...known.values()];
}

function result(finding: Finding, ruleIndex: number, showSuppressed: boolean): Record<string, unknown> {
  const { ruleId, severity, confidence, message, fix, fingerprint, suppressed, pods, owners, inTemplate } = finding;
  return {
    ruleId,
    ruleIndex,
    level: severity,
    message: sarifMessage(`${message} ${fix}`),
    locations: [sarifLocation(finding)],
    partialFingerprints: { 'dockershimMigrate/v1': fingerprint },
    // An empty list says that it is not suppressed; none at all that nobody looked (3.27.23).
    ...(showSuppressed ? { suppressions: suppressed === undefined ? [] : [suppression(suppressed)] } : {}),
    properties: { confidence, pods, owners, inTemplate },
  };
}

const suppression = ({ by, reason }: Suppression): Record<string, string> => ({
  kind: by === 'annotation' || by === 'comment' ? 'inSource' : 'external',
  status: 'accepted',
  justification: printable(reason),
});

/** The scan ran to its end, or there would be no report: what it could not read makes the result incomplete, not failed. */
const notifications = ({ errors, undecided }: ScanReport): Record<string, unknown>[] => [
  ...errors.map(({ subject, line, message }) => ({
    level: 'error',
    descriptor: { id: 'not-scanned' },
    message: sarifMessage(`${subject}${line === undefined ? '' : `:${line}`}: ${message}`),
    ...(line === undefined
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: artifactLocation(
                  standInPath({ file: subject, object: { kind: 'File', name: subject } }),
                ),
                region: { startLine: line },
              },
            },
          ],
        }),
  })),
  ...undecided.map(({ ruleId, subject, why }) => ({
    level: 'warning',
    descriptor: { id: 'undecided' },
    message: sarifMessage(`${ruleId === undefined ? '' : `${ruleId}: `}${subject}: ${why}`),
  })),
];
