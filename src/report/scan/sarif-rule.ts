import type { RuleInfo } from '../../core/rule-info.js';
import { markdownText } from '../markdown-text.js';
import { printable } from '../printable.js';

/** GitHub cuts the descriptions of a rule there. */
const LONGEST = 1024;

/** A rule as SARIF's reportingDescriptor, with the properties that GitHub sorts and filters by. */
export function sarifRule({ id, title, severity, why, fix, links }: RuleInfo): Record<string, unknown> {
  const [helpUri] = links;
  const texts = [why, `Fix: ${fix}`, ...(links.length === 0 ? [] : [links.join('\n')])];
  const markdown = [
    markdownText(why),
    `**Fix:** ${markdownText(fix)}`,
    ...(links.length === 0 ? [] : [links.map((link) => `- <${link}>`).join('\n')]),
  ];
  return {
    id,
    // Of one word it would be the id again, which the standard forbids.
    ...(id.includes('-') ? { name: pascalCase(id) } : {}),
    shortDescription: { text: shortened(title) },
    fullDescription: { text: shortened(why) },
    help: { text: texts.join('\n\n'), markdown: markdown.join('\n\n') },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: severity },
    properties: {
      tags: ['kubernetes', 'docker', 'dockershim', 'migration'],
      precision: severity === 'note' ? 'medium' : 'high',
      'problem.severity': severity === 'note' ? 'recommendation' : severity,
    },
  };
}

const pascalCase = (id: string): string =>
  id
    .split(/[^a-z0-9]+/i)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const shortened = (text: string): string => {
  const shown = printable(text);
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST - 1)}…` : shown;
};
