import { createHash } from 'node:crypto';
import type { Finding } from '../../core/finding.js';
import type { RuleInfo } from '../../core/rule-info.js';
import type { ScanReport } from '../../core/scan-report.js';
import { filtersHtml } from './filters-html.js';
import { findingHtml } from './finding-html.js';
import { gapsHtml } from './gaps-html.js';
import { headerHtml } from './header-html.js';
import { html, markup } from './html.js';
import { matrixHtml } from './matrix-html.js';
import { rulesHtml } from './rules-html.js';
import { scanHtmlClient } from './scan-html-client.js';
import { scanHtmlEarly } from './scan-html-early.js';
import { scanHtmlStyle } from './scan-html-style.js';
import { scanSubjects } from './scan-subjects.js';
import type { SourceLine } from './source-lines-html.js';
import { subjectHtml } from './subject-html.js';
import { verdictWords } from './verdict-words.js';

export interface ScanHtmlOptions {
  /** What was scanned, in the reader's words. */
  readonly title?: string;
  /** RFC 3339, in UTC. */
  readonly generatedAt?: string;
  /** The lines around one, itself included, without secrets; none when they cannot be had. */
  readonly lineOf?: (file: string, line: number) => readonly SourceLine[];
}

/** A page that needs nothing but itself: no network, and no script to be read. The same report gives the same bytes. */
export function scanHtml(report: ScanReport, rules: readonly RuleInfo[], options: ScanHtmlOptions = {}): string {
  const { title = 'What depends on Docker', generatedAt, lineOf } = options;
  const subjects = scanSubjects(report.findings);
  const verdict = verdictWords(report, subjects);
  const anchors = anchorsOf(subjects.flatMap(({ findings }) => findings));
  const anchorOf = (finding: Finding): string => anchors.get(finding) ?? '';
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const told = [...new Set(report.findings.map(({ ruleId }) => ruleId))].sort().flatMap((id) => known.get(id) ?? []);

  const show = (finding: Finding) =>
    findingHtml(finding, {
      id: anchorOf(finding),
      rule: known.get(finding.ruleId),
      ruleAnchor: ruleAnchor(finding.ruleId),
      lines:
        finding.file === undefined || finding.line === undefined ? [] : (lineOf?.(finding.file, finding.line) ?? []),
    });

  const body = html`<a class="skip" href="#findings">Skip to the findings</a>
    ${headerHtml(report, { title, generatedAt, verdict })}
    <main>
      ${matrixHtml(subjects, anchorOf)}${
        subjects.length > 0 &&
        html`<section id="findings" aria-labelledby="findings-title" tabindex="-1">
          <h2 id="findings-title">Findings</h2>
          ${filtersHtml(report, (id) => known.get(id)?.title ?? id)}
          <p id="shown" class="script">
            <span role="status" aria-live="polite"></span>
            <button type="button" id="clear" hidden>Clear filters</button>
          </p>
          ${subjects.map((subject, index) => subjectHtml(subject, index, show))}
        </section> `
      }${gapsHtml(report)}${rulesHtml(told, ruleAnchor)}
    </main> `;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hashOf(scanHtmlStyle)}'; script-src '${hashOf(scanHtmlEarly)}' '${hashOf(scanHtmlClient)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${markup(`${verdict.headline} – ${title}`)}</title>
<style>${scanHtmlStyle}</style>
<script>${scanHtmlEarly}</script>
</head>
<body>
${markup(body)}<script>${scanHtmlClient}</script>
</body>
</html>
`;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const ruleAnchor = (ruleId: string): string => `rule-${ruleId.replace(/[^a-z0-9-]/g, '_')}`;

/** By fingerprint, so that a link to a finding outlives the next scan. */
function anchorsOf(findings: readonly Finding[]): Map<Finding, string> {
  const taken = new Set<string>();
  return new Map(
    findings.map((finding, index) => {
      const short = `f-${finding.fingerprint.slice(0, 12)}`;
      const anchor = /^f-[0-9a-f]{12}$/.test(short) && !taken.has(short) ? short : `f-${index}`;
      taken.add(anchor);
      return [finding, anchor];
    }),
  );
}
