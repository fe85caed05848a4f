import type { Finding } from '../../core/finding.js';
import { html, type Html } from './html.js';
import type { ScanSubject } from './scan-subjects.js';

/** One object and its findings, under the anchor to which the matrix leads. */
export function subjectHtml(
  { label, object, file, findings }: ScanSubject,
  index: number,
  show: (finding: Finding) => Html,
): Html {
  const name = [object.namespace, object.name].filter((part) => part !== undefined).join('/');
  return html`<section
    class="subject"
    id="o-${index}"
    data-o="${label}"
    ${object.namespace !== undefined && html` data-n="${object.namespace}"`}
  >
    <h3><small>${object.kind}</small> ${name}${file !== undefined && html`<small class="file">${file}</small>`}</h3>
    ${findings.map(show)}
  </section> `;
}
