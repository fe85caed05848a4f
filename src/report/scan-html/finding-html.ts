import type { Finding } from '../../core/finding.js';
import type { RuleInfo } from '../../core/rule-info.js';
import { counted } from '../counted.js';
import { dependencyGroup } from './dependency-group.js';
import { html, type Html } from './html.js';
import { proseHtml } from './prose-html.js';
import { severityMark } from './severity-mark.js';
import { severityWord } from './severity-word.js';
import { sourceLinesHtml, type SourceLine } from './source-lines-html.js';

export interface FindingPlace {
  /** The anchor. */
  readonly id: string;
  readonly rule: RuleInfo | undefined;
  /** The anchor under which the rule is told. */
  readonly ruleAnchor: string;
  readonly lines: readonly SourceLine[];
}

/** One finding; what its rule says in general is told once, at the end of the page. */
export function findingHtml(finding: Finding, { id, rule, ruleAnchor, lines }: FindingPlace): Html {
  const { severity, confidence, ruleId, container, suppressed } = finding;
  return html`<article
    class="finding${suppressed !== undefined && ' suppressed'}"
    id="${id}"
    data-s="${severity}"
    data-r="${ruleId}"
    data-g="${dependencyGroup(ruleId).id}"
    data-c="${confidence}"
    ${container !== undefined && html` data-k="${container}"`}
  >
    <h4>
      ${severityMark(severity, confidence)}<b class="${severity}">${severityWord[severity]}</b>
      ${rule?.title ?? ruleId}
    </h4>
    <p class="meta">${metaOf(finding, id)}</p>
    <p>${proseHtml(finding.message)}</p>
    ${suppressed !== undefined && html`<p class="reason">Suppressed by ${SUPPRESSED_BY[suppressed.by]}: ${suppressed.reason}</p> `}${sourceLinesHtml(finding, lines)}
    <div class="fix">
      <b>Fix</b>
      <p>${proseHtml(finding.fix)}</p>
      <button type="button" class="copy script">Copy</button>
    </div>
    ${
      rule !== undefined &&
      html`<details>
        <summary>Why it breaks</summary>
        <a href="#${ruleAnchor}">${ruleId}</a>
      </details> `
    }
  </article> `;
}

const SUPPRESSED_BY = {
  annotation: 'an annotation',
  comment: 'a comment',
  config: 'the configuration',
  baseline: 'the baseline',
} as const;

function metaOf(finding: Finding, id: string): Html {
  const place = placeOf(finding);
  const parts = [
    finding.confidence === 'possible' && html`<b class="tag">possible</b>`,
    finding.container !== undefined && html`container <code>${finding.container}</code>`,
    place !== '' && html`<a class="place" href="#${id}">${place}</a>`,
    finding.pods !== undefined && html`${counted(finding.pods, 'pod')}`,
    finding.owners !== undefined && finding.owners.length > 1 && html`${finding.owners.join(' → ')}`,
    finding.inTemplate === true && html`in a template that is no valid YAML as it stands`,
    html`<code>${finding.ruleId}</code>`,
  ];
  return html`${parts.filter((part) => part !== false).map((part, index) => html`${index > 0 && ' · '}${part}`)}`;
}

/** As editors and terminals take it: `deploy/builder.yaml:31:15`. */
const placeOf = ({ file, line, column }: Finding): string =>
  [file, line, column].filter((part) => part !== undefined).join(':');
