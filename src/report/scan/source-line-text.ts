import type { Colors } from 'picocolors/types.js';
import type { Finding } from '../../core/finding.js';
import { displayWidth } from '../display-width.js';
import { printable } from '../printable.js';
import { truncateText } from '../truncate-text.js';
import { severityPaint } from './severity-paint.js';

/** Columns for a line where nothing folds: files of one line of 50 MB exist. */
const LONGEST = 200;

export interface SourceLineOptions {
  readonly colors: Colors;
  readonly width: number;
  readonly indent: string;
  /** Digits of the highest line number beside this one. */
  readonly digits: number;
}

/**
 * The offending line with its number, and marks under what gave it away; the evidence alone where the line cannot be had,
 * and beside the line where it does not stand in it as such, as in an escaped string.
 */
export function sourceLineText(finding: Finding, line: string | undefined, options: SourceLineOptions): string[] {
  const { colors, indent, digits } = options;
  const paint = severityPaint(finding.severity, colors);
  const room = Math.max(20, Math.min(options.width, LONGEST) - indent.length - digits - 3);
  const row = (gutter: string | number, bar: string, text: string): string =>
    `${indent}${colors.dim(`${String(gutter).padStart(digits)} ${bar}`)} ${text}`.trimEnd();

  const evidence = truncateText(printable(finding.evidence), room);
  const { line: number } = finding;
  if (line === undefined || number === undefined) return evidence === '' ? [] : [row('', '│', paint(evidence))];
  const [from, to] = stretch(finding, line);
  const { before, marked, after } = fitted(line, from, to, room);
  const inLine = evidence === '' || normal(line.slice(from, to)).includes(normal(finding.evidence).replace(/…$/, ''));
  return [
    row(number, '│', `${before}${paint(marked)}${after}`),
    row('', '│', ' '.repeat(displayWidth(before)) + paint('^'.repeat(Math.max(1, displayWidth(marked))))),
    ...(inLine ? [] : [row('', '=', evidence)]),
  ];
}

const normal = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** By the columns; where these do not hold the evidence (a secret before it was masked), by the text itself. */
function stretch({ evidence, column = 1, endColumn, line, endLine = line }: Finding, text: string): [number, number] {
  const from = Math.min(column - 1, text.length);
  const to = endLine === line && endColumn !== undefined ? Math.min(endColumn - 1, text.length) : text.length;
  const at = text.startsWith(evidence, from) ? from : text.indexOf(evidence);
  if (evidence !== '' && at >= 0) return [at, at + evidence.length];
  return [from, Math.max(from, to)];
}

/** A line without its indentation, cut on both sides to what is near the evidence. */
function fitted(
  line: string,
  from: number,
  to: number,
  room: number,
): { before: string; marked: string; after: string } {
  const start = Math.min(line.length - line.trimStart().length, from);
  // No more of a long line is looked at than fits.
  const marked = truncateText(shown(line.slice(from, Math.min(to, from + room + 1))), room);
  const near = shown(line.slice(Math.max(start, from - room), from));
  const rest = shown(line.slice(to, to + room + 1));
  const whole = from - start <= room && displayWidth(near) + displayWidth(marked) + displayWidth(rest) <= room;
  if (whole) return { before: near, marked, after: rest };
  const spare = room - displayWidth(marked);
  const lead = Math.max(spare - displayWidth(rest), Math.floor(spare / 2));
  const before = displayWidth(near) <= lead && from - start <= room ? near : lastColumns(near, lead);
  return { before, marked, after: truncateText(rest, room - displayWidth(before) - displayWidth(marked)) };
}

/** The end of a text; `…` stands for what was cut. */
function lastColumns(text: string, columns: number): string {
  let kept = '';
  let used = 1;
  for (const character of [...text].reverse()) {
    used += displayWidth(character);
    if (used > columns) break;
    kept = character + kept;
  }
  return columns > 0 ? `…${kept}` : '';
}

/** Tabs would move the marks; half of a surrogate pair is left where a line was cut. */
const shown = (text: string): string => printable(text.replace(/\t/g, '  ').replace(/[\ud800-\udfff]/gu, ''));
