import { branchSpans, type Branches } from './branch-spans.js';
import type { Directive } from './find-directives.js';
import type { Segments } from './segments.js';
import type { Span } from './span-node.js';

/** A template without its directives. */
export interface PlainTemplate {
  readonly text: string;
  /** To the template. */
  readonly segments: Segments;
  /** Puts the directives back that stand in a string of the parsed text. */
  readonly restore: (value: string) => string;
  /** What left nothing in the text. */
  readonly left: readonly Span[];
}

interface Edit extends Span {
  readonly insert: string;
}

/** Of Unicode's private characters, which no configuration has: a beginning, two digits of a number, and filling. */
const BEGIN = '\ue000';
const FIRST_DIGIT = 0xe001;
const BASE = 0x1000;
const FILL = '\uf8ff';
const PLACEHOLDER = /\ue000([\ue001-\uf000])([\ue001-\uf000])\uf8ff*/g;

/**
 * Lines of directives alone go. Other lines lose their directives; those that stand for a value leave a word of the same length,
 * so that columns stay.
 */
export function takeOutDirectives(text: string, directives: readonly Directive[], branches: Branches): PlainTemplate {
  const outputs: string[] = [];
  const lines = wholeLines(text, directives);
  const dropped = branchSpans(text, directives, branches);
  const edits: Edit[] = [...dropped, ...lines].map((span) => ({ ...span, insert: '' }));
  for (const { start, end, kind } of directives) {
    if (kind === 'output')
      edits.push({ start, end, insert: placeholder(outputs.push(text.slice(start, end)) - 1, end - start) });
    else edits.push({ start, end, insert: '' });
  }
  edits.sort((a, b) => a.start - b.start || b.end - a.end);
  const left = [...dropped, ...lines, ...directives.filter(({ kind }) => kind !== 'output')];
  return { ...applied(text, edits), restore: (value) => restored(value, outputs), left: outermost(left) };
}

function outermost(spans: readonly Span[]): Span[] {
  let done = 0;
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  return sorted.filter(({ end }) => {
    const isNew = end > done;
    if (isNew) done = end;
    return isNew;
  });
}

function applied(text: string, edits: readonly Edit[]): { text: string; segments: Segments } {
  const pieces: string[] = [];
  const at = [0];
  const raw = [0];
  let length = 0;
  let done = 0;
  const add = (piece: string, from: number): void => {
    if (piece === '') return;
    at.push(length);
    raw.push(from);
    pieces.push(piece);
    length += piece.length;
  };
  for (const { start, end, insert } of edits) {
    // Inside of what is gone already.
    if (end <= done) continue;
    add(text.slice(done, Math.max(done, start)), done);
    add(insert, start);
    done = end;
  }
  add(text.slice(done), done);
  return { text: pieces.join(''), segments: { at, raw, length } };
}

/** Lines that hold directives and blanks, with their ends. */
function wholeLines(text: string, directives: readonly Directive[]): Span[] {
  const lines: Span[] = [];
  const blank = /[ \t]*/y;
  const lineEnd = /[ \t]*(?:\r\n|\n|\r|$)/y;
  for (let index = 0; index < directives.length; index++) {
    let start = directives[index]?.start ?? 0;
    while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
    if (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') continue;
    for (;;) {
      blank.lastIndex = lineEnd.lastIndex = directives[index]?.end ?? 0;
      blank.test(text);
      if (directives[index + 1]?.start !== blank.lastIndex) break;
      index++;
    }
    if (lineEnd.test(text)) lines.push({ start, end: lineEnd.lastIndex });
  }
  return lines;
}

function placeholder(index: number, length: number): string {
  const digits = String.fromCharCode(FIRST_DIGIT + Math.floor(index / BASE), FIRST_DIGIT + (index % BASE));
  return BEGIN + digits + FILL.repeat(Math.max(0, length - 3));
}

function restored(value: string, outputs: readonly string[]): string {
  if (!value.includes(BEGIN)) return value;
  return value.replace(PLACEHOLDER, (found, high: string, low: string) => {
    const index = (high.charCodeAt(0) - FIRST_DIGIT) * BASE + low.charCodeAt(0) - FIRST_DIGIT;
    return outputs[index]?.replace(/\s+/g, ' ') ?? found;
  });
}
