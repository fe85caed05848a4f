import type { Finding } from '../../core/finding.js';
import { html, type Html } from './html.js';

export interface SourceLine {
  readonly line: number;
  readonly text: string;
}

/** Lines that are shown at most; characters of a line that are shown before and behind the evidence. */
const LINES = 9;
const REACH = 160;

/** A line in three; of one without end only what is near. */
interface Parts {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** The lines that gave a finding away, with what did marked; its evidence alone where the lines cannot be had. */
export function sourceLinesHtml(finding: Finding, around: readonly SourceLine[]): Html | undefined {
  const { line: first = 0, endLine: last = first, evidence } = finding;
  const from = around.findIndex(({ line }) => line >= first);
  const start = Math.max(0, Math.min(from - Math.floor(LINES / 2), around.length - LINES));
  const near = around.slice(start, start + LINES);
  const indent = Math.min(...near.filter(({ text }) => text.trim() !== '').map(({ text }) => indentOf(text)));
  const lines = near.map(({ line, text }) => {
    const offending = line >= first && line <= last;
    const [low, high] = offending ? stretch(finding, line, text) : [0, 0];
    return { line, offending, parts: parted(text, low, high, indent) };
  });

  const offending = lines.some((line) => line.offending);
  const marked = lines.some(({ parts }) => parts.marked !== '');
  const alone = evidence !== '' && !marked && { before: '', marked: clipped(evidence), after: '' };
  if (!offending && alone === false) return undefined;
  const number = !offending && finding.line !== undefined && html` data-n="${finding.line}"`;
  return html`<pre>
${
      offending &&
      lines.map(
        (line) =>
          html`<span${line.offending && html` class="hit"`} data-n="${line.line}">${partsHtml(line.parts)}</span>`,
      )
    }${alone !== false && html`<span class="hit" ${number}>${partsHtml(alone)}</span>`}</pre>`;
}

/** Where the evidence stands in a line, by its columns or else by its text. */
function stretch(finding: Finding, line: number, text: string): readonly [number, number] {
  const { line: first, column, endLine = first, endColumn, evidence } = finding;
  if (column !== undefined) {
    const from = line === first ? column - 1 : indentOf(text);
    const to = line === endLine && endColumn !== undefined ? endColumn - 1 : text.length;
    if (from >= 0 && from < to && from < text.length) return [from, Math.min(to, text.length)];
  }
  const at = evidence === '' ? -1 : text.indexOf(evidence);
  return at < 0 ? [0, 0] : [at, at + evidence.length];
}

function parted(text: string, from: number, to: number, indent: number): Parts {
  const low = Math.max(0, from - REACH);
  const before = low > 0 ? `…${text.slice(low, from)}` : text.slice(Math.min(indent, from), from);
  if (to === 0) return { before: clipped(text.slice(indent)), marked: '', after: '' };
  const after = text.slice(to, to + REACH);
  return { before, marked: clipped(text.slice(from, to)), after: to + REACH < text.length ? `${after}…` : after };
}

const clipped = (text: string): string => (text.length > 2 * REACH ? `${text.slice(0, 2 * REACH)}…` : text);

const indentOf = (text: string): number => text.length - text.trimStart().length;

const partsHtml = ({ before, marked, after }: Parts): Html =>
  html`${tabbed(before)}${marked !== '' && html`<mark>${tabbed(marked)}</mark>`}${tabbed(after)}`;

/** Tabs stay, unlike all else that steers. */
const tabbed = (text: string): Html[] => text.split('\t').map((part, index) => html`${index > 0 && TAB}${part}`);

const TAB = html``;
