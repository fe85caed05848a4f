import type { RuleInfo } from '../../core/rule-info.js';
import { html, type Html } from './html.js';
import { proseHtml } from './prose-html.js';

/** Why each rule's findings matter and where that is known from, once for all its findings. */
export function rulesHtml(rules: readonly RuleInfo[], anchorOf: (ruleId: string) => string): Html | undefined {
  if (rules.length === 0) return undefined;
  return html`<section id="rules" aria-labelledby="rules-title">
    <h2 id="rules-title">Rules</h2>
    ${rules.map(
      ({ id, title, why, fix, links }) =>
        html`<section class="rule" id="${anchorOf(id)}">
          <h3>${title} <small>${id}</small></h3>
          <div class="why">
            <p>${proseHtml(why)}</p>
            <p><b>Fix in general</b> ${proseHtml(fix)}</p>
            ${
              links.length > 0 &&
              html`<ul>
                ${links.map((link) => html`<li>${linkHtml(link)}</li>`)}
              </ul> `
            }
          </div>
        </section> `,
    )}
  </section> `;
}

/** Only what is plainly a page on the web can be followed. */
const linkHtml = (link: string): Html =>
  /^https:\/\/[\w.-]+(:\d+)?(\/[^\s"'<>\\]*)?$/.test(link)
    ? html`<a href="${link}" rel="noopener noreferrer">${link}</a>`
    : html`${link}`;
