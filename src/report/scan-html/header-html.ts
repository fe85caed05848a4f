import type { ScanReport } from '../../core/scan-report.js';
import { counted } from '../counted.js';
import { html, type Html } from './html.js';
import { severityMark } from './severity-mark.js';
import { targetName } from './target-name.js';
import type { VerdictWords } from './verdict-words.js';

export interface HeaderFacts {
  readonly title: string;
  readonly generatedAt: string | undefined;
  readonly verdict: VerdictWords;
}

/** What it comes to, for which target and when, the totals, and what they leave out. */
export function headerHtml(report: ScanReport, { title, generatedAt, verdict }: HeaderFacts): Html {
  const { summary, undecided, errors } = report;
  const { bySeverity, suppressed } = summary;
  return html`<header>
    <div class="top">
      <p>${title}</p>
      <button type="button" id="theme" aria-pressed="false">Dark theme</button>
    </div>
    <h1>${toneMark(verdict.tone)}${verdict.headline}</h1>
    ${verdict.details.length > 0 && html`<p class="lead">${verdict.details.join(' ')}</p> `}
    <p class="facts">
      <span>Target ${targetName(report.target)}</span
      >${scanned(report)}${generatedAt !== undefined && html`<span>Generated <time datetime="${generatedAt}">${readable(generatedAt)}</time></span>`}
    </p>
    <dl class="totals">
      ${figure('error', bySeverity.error, 'Errors')}${figure('warning', bySeverity.warning, 'Warnings')}${figure('note', bySeverity.note, 'Notes')}${figure('', suppressed, 'Suppressed')}${figure('', undecided.length, 'Undecided')}${figure('', errors.length, 'Not scanned')}
    </dl>
    ${undecided.length + errors.length > 0 && html`<p class="gap">${gapWords(report)} <a href="#gaps">What could not be looked at</a></p> `}
  </header> `;
}

const toneMark = (tone: VerdictWords['tone']): Html | false =>
  tone !== 'clean' && tone !== 'unknown' && html`<span class="${tone}">${severityMark(tone, 'definite')}</span>`;

const figure = (tone: string, count: number, label: string): Html =>
  html`<div${count > 0 && tone !== '' && html` class="${tone}"`}><dt>${label}</dt><dd>${digits(count)}</dd></div>
`;

function scanned({ summary: { files, objects, pods, nodes } }: ScanReport): Html | undefined {
  const counts = [
    [files, 'file'],
    [objects, 'object'],
    [pods, 'pod'],
    [nodes, 'node'],
  ] as const;
  const some = counts.filter(([count]) => count > 0);
  if (some.length === 0) return undefined;
  const words = some.map(([count, one]) => `${digits(count)} ${one}${count === 1 ? '' : 's'}`);
  return html`<span>Scanned ${words.join(', ')}</span>`;
}

function gapWords({ undecided, errors }: ScanReport): string {
  const parts = [
    ...(errors.length === 0 ? [] : [`${counted(errors.length, 'thing')} could not be scanned, or not in full`]),
    ...(undecided.length === 0
      ? []
      : [`${counted(undecided.length, 'question')} ${undecided.length === 1 ? 'is' : 'are'} open`]),
  ];
  return `There may be more than is shown here: ${parts.join('; ')}.`;
}

const digits = (count: number): string => new Intl.NumberFormat('en').format(count);

/** `2026-08-21T10:31:07.123Z` as `2026-08-21 10:31 UTC`; anything else as it is. */
const readable = (time: string): string => time.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]*Z$/, '$1 $2 UTC');
