import type { Finding, Severity } from '../../core/finding.js';
import { counted } from '../counted.js';
import { dependencyGroup } from './dependency-group.js';
import { dependencyGroups, type DependencyGroup } from './dependency-groups.js';
import { html, type Html } from './html.js';
import type { ScanSubject } from './scan-subjects.js';
import { severityMark } from './severity-mark.js';

/** Workloads by what they depend on. A cell leads to its gravest finding; the page's script lets it filter instead. */
export function matrixHtml(subjects: readonly ScanSubject[], anchorOf: (finding: Finding) => string): Html | undefined {
  if (subjects.length === 0) return undefined;
  const groups = dependencyGroups.filter((group) =>
    subjects.some(({ findings }) => findings.some(({ ruleId }) => dependencyGroup(ruleId) === group)),
  );
  return html`<section id="matrix" aria-labelledby="matrix-title">
    <h2 id="matrix-title">Workloads by dependency</h2>
    <p class="legend">
      <span>${severityMark('error', 'definite')}error</span><span>${severityMark('warning', 'definite')}warning</span
      ><span>${severityMark('note', 'definite')}note</span
      ><span
        >${severityMark('error', 'possible')}${severityMark('warning', 'possible')}${severityMark('note', 'possible')}hollow:
        possible, not certain</span
      >
    </p>
    <div class="scroll" role="region" aria-labelledby="matrix-title" tabindex="0">
      <table class="columns-${groups.length}">
        <thead>
          <tr>
            <th scope="col">Workload, node or file</th>
            ${groups.map(({ title }) => html`<th scope="col">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${subjects.map((subject, index) => row(subject, index, groups, anchorOf))}
        </tbody>
      </table>
    </div>
  </section> `;
}

function row(
  { object, file, findings }: ScanSubject,
  index: number,
  groups: readonly DependencyGroup[],
  anchorOf: (finding: Finding) => string,
): Html {
  const name = [object.namespace, object.name].filter((part) => part !== undefined).join('/');
  const cells = groups.map((group) =>
    cell(
      group,
      findings.filter(({ ruleId }) => dependencyGroup(ruleId) === group),
      anchorOf,
    ),
  );
  return html`<tr>
    <th scope="row">
      <a href="#o-${index}"><small>${object.kind}</small> ${name}</a
      >${file !== undefined && html`<small class="file">${file}</small>`}
    </th>
    ${cells}
  </tr> `;
}

function cell(group: DependencyGroup, findings: readonly Finding[], anchorOf: (finding: Finding) => string): Html {
  const open = findings.filter(({ suppressed }) => suppressed === undefined);
  const [worst] = open.length > 0 ? open : findings;
  if (worst === undefined) return html`<td></td>`;
  const words = open.length > 0 ? tally(open) : `${findings.length} suppressed`;
  const { severity, confidence } = worst;
  return html`<td data-g="${group.id}">
    <a
      class="${severity}${open.length === 0 && ' suppressed'}"
      href="#${anchorOf(worst)}"
      aria-label="${words}"
      title="${words}"
      >${severityMark(severity, confidence)}${open.length || findings.length}</a
    >
  </td>`;
}

function tally(findings: readonly Finding[]): string {
  const count = (severity: Severity): string[] => {
    const some = findings.filter((finding) => finding.severity === severity).length;
    return some === 0 ? [] : [counted(some, severity)];
  };
  return [...count('error'), ...count('warning'), ...count('note')].join(', ');
}
