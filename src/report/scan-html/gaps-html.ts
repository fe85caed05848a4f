import type { ScanReport } from '../../core/scan-report.js';
import { html, type Html } from './html.js';
import { proseHtml } from './prose-html.js';

/** What could not be looked at: nobody shall take silence for a no. */
export function gapsHtml({ undecided, errors }: ScanReport): Html | undefined {
  if (undecided.length + errors.length === 0) return undefined;
  const failed = errors.map(
    ({ subject, line, message }) =>
      html`<li><code>${subject}${line !== undefined && `:${line}`}</code> ${proseHtml(message)}</li> `,
  );
  const open = undecided.map(
    ({ subject, why, ruleId }) =>
      html`<li>
        <code>${subject}</code> ${proseHtml(why)}${ruleId !== undefined && html` <small>${ruleId}</small>`}
      </li> `,
  );
  return html`<section id="gaps" aria-labelledby="gaps-title">
    <h2 id="gaps-title">What could not be looked at</h2>
    ${
      failed.length > 0 &&
      html`<h3>Not scanned, or not in full</h3>
        <ul>
          ${failed}
        </ul> `
    }${
      open.length > 0 &&
      html`<h3>Open questions</h3>
        <ul>
          ${open}
        </ul> `
    }
  </section> `;
}
