import pc from 'picocolors';
import type { RuleInfo } from '../../core/rule-info.js';
import { displayWidth } from '../display-width.js';
import { printable } from '../printable.js';
import type { TextOptions } from '../text-options.js';
import { wrapText } from '../wrap-text.js';
import { countText } from './count-text.js';
import { severityPaint } from './severity-paint.js';

/** All rules as a table, for a terminal. */
export function rulesText(rules: readonly RuleInfo[], { color, width }: TextOptions): string {
  const colors = pc.createColors(color);
  const [idWidth, severityWidth] = [longest(['RULE', ...rules.map(({ id }) => printable(id))]), 'SEVERITY'.length];
  const indent = ' '.repeat(idWidth + severityWidth + 4);
  const lines = rules.flatMap(({ id, severity, title }) => {
    const [first = '', ...rest] = wrapText(title, Math.max(width, indent.length + 20), indent);
    const cells = `${padded(printable(id), idWidth)}  ${severityPaint(severity, colors)(padded(severity, severityWidth))}`;
    return [`${cells}  ${first.trimStart()}`, ...rest];
  });
  const head = `${padded('RULE', idWidth)}  SEVERITY  WHAT IT FINDS`;
  const hint = `${countText(rules.length, 'rule')}. "migrate explain RULE" tells what breaks and what to do.`;
  return `${[colors.bold(head), ...lines, '', ...wrapText(hint, width).map(colors.dim)].join('\n')}\n`;
}

const longest = (texts: readonly string[]): number => Math.max(...texts.map(displayWidth));

const padded = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
