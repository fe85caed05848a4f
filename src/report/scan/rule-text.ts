import pc from 'picocolors';
import type { RuleInfo } from '../../core/rule-info.js';
import { printable } from '../printable.js';
import type { TextOptions } from '../text-options.js';
import { wrapText } from '../wrap-text.js';
import { severityPaint } from './severity-paint.js';

/** Prose reads badly on very long lines. */
const LONGEST = 100;

/** Everything about one rule, for a terminal. */
export function ruleText({ id, title, severity, why, fix, links }: RuleInfo, options: TextOptions): string {
  const colors = pc.createColors(options.color);
  const width = Math.min(options.width, LONGEST);
  const section = (name: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', colors.bold(name), ...lines];
  const lines = [
    `${colors.bold(printable(id))}  ${severityPaint(severity, colors)(severity)}`,
    ...wrapText(title, width),
    ...section('Why', wrapText(why, width, '  ')),
    ...section('Fix', wrapText(fix, width, '  ')),
    ...section(
      'Links',
      links.map((link) => `  ${colors.cyan(printable(link))}`),
    ),
  ];
  return `${lines.join('\n')}\n`;
}
