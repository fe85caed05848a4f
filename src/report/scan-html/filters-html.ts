import type { Finding } from '../../core/finding.js';
import type { ScanReport } from '../../core/scan-report.js';
import { dependencyGroup } from './dependency-group.js';
import { dependencyGroups } from './dependency-groups.js';
import { html, type Html } from './html.js';
import { severityMark } from './severity-mark.js';
import { severityWord } from './severity-word.js';

/** Controls that the page's script brings to life; without it they are not shown. */
export function filtersHtml({ findings, summary }: ScanReport, ruleTitle: (ruleId: string) => string): Html {
  const used = new Set(findings.map(({ ruleId }) => dependencyGroup(ruleId)));
  const groups = dependencyGroups.filter((group) => used.has(group)).map(({ id, title }) => [id, title] as const);
  const rules = distinct(findings, ({ ruleId }) => ruleId).map((id) => [id, ruleTitle(id)] as const);
  const namespaces = distinct(findings, ({ object }) => object.namespace).map((name) => [name, name] as const);
  const containers = distinct(findings, ({ container }) => container).map((name) => [name, name] as const);
  const buttons = (['error', 'warning', 'note'] as const).map(
    (severity) =>
      html`<button type="button" name="severity" value="${severity}" aria-pressed="false">
        ${severityMark(severity, 'definite')}${severityWord[severity]}s <span>${summary.bySeverity[severity]}</span>
      </button>`,
  );
  return html`<form id="filters" role="search" aria-label="Findings" class="script">
    <label class="search"
      ><span>Search</span
      ><input type="search" name="q" autocomplete="off" spellcheck="false" placeholder="name, file, path, image"
    /></label>
    <div role="group" aria-label="Severity">${buttons}</div>
    <div class="selects">
      ${select('group', 'Dependency', groups)}${select('rule', 'Rule', rules)}${select('ns', 'Namespace', namespaces)}${select('container', 'Container', containers)}${select(
        'confidence',
        'Certainty',
        [
          ['definite', 'definite'],
          ['possible', 'possible'],
        ],
      )}${summary.suppressed > 0 && html`<label class="check"><input type="checkbox" name="suppressed" />Show suppressed</label>`}
    </div>
  </form> `;
}

function select(name: string, label: string, options: readonly (readonly [string, string])[]): Html | false {
  return (
    options.length > 1 &&
    html`<label
      ><span>${label}</span
      ><select name="${name}">
        <option value="">all</option>
        ${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}
      </select></label
    >`
  );
}

const distinct = (findings: readonly Finding[], part: (finding: Finding) => string | undefined): string[] =>
  [...new Set(findings.map(part))].filter((value) => value !== undefined).sort();
