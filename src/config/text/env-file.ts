import { notUnderstood, understood, type Parsed } from './parsed.js';
import { applySplices, type Splice } from './splice.js';

export interface EnvAssignment {
  readonly name: string;
  readonly value: string;
  /** Where `NAME` stands, from 1. */
  readonly line: number;
  /** From after the `=` to the end of the assignment. */
  readonly rawStart: number;
  readonly rawEnd: number;
  /** Where each character of the value stands in the file, and after them where the value ends. */
  readonly offsets: readonly number[];
}

const isSpace = (char: string): boolean => char === ' ' || char === '\t' || char === '\r';

/**
 * Reads a file of systemd's `EnvironmentFile=`: every assignment, in order. Unlike systemd, which reads on to the end
 * of the file, it does not accept a quote that is never closed.
 */
export function parseEnvFile(text: string): Parsed<readonly EnvAssignment[]> {
  const assignments: EnvAssignment[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const end = endOfLine(text, at);
    const equals = text.indexOf('=', at);
    const start = skipSpace(text, at);
    if (text[start] === '#' || text[start] === ';') {
      // Before systemd 254 the backslash hides the next line as well; from then on it does not.
      if (text[end - 1] === '\\' && /^[^\n]*=/.test(text.slice(end + 1))) {
        return notUnderstood(
          line,
          'a comment ends in a backslash, and whether the next line counts depends on systemd',
        );
      }
    } else if (equals !== -1 && equals < end) {
      const value = readValue(text, equals + 1);
      if (value === undefined) return notUnderstood(line, 'a quote is opened and not closed');
      const name = text.slice(at, equals).trim();
      // systemd drops other names, `export FOO` among them.
      if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) assignments.push({ name, line, rawStart: equals + 1, ...value });
      line += newlines(text.slice(at, value.rawEnd)) + 1;
      at = value.rawEnd + 1;
      continue;
    }
    at = end + 1;
    line += 1;
  }
  return understood(assignments);
}

/** Carries splices of the value over to the file; every byte outside the assignment stays, and most within it. */
export function editEnvValue(text: string, assignment: EnvAssignment, splices: readonly Splice[]): string {
  if (splices.length === 0) return text;
  const at = (offset: number): number => assignment.offsets[offset] ?? assignment.rawEnd;
  const edited = applySplices(
    text,
    splices.map((splice) => ({ start: at(splice.start), end: at(splice.end), text: splice.text })),
  );
  const wanted = applySplices(assignment.value, splices);
  const again = parseEnvFile(edited);
  const there = again.ok ? again.value.find(({ rawStart }) => rawStart === assignment.rawStart) : undefined;
  if (there?.value === wanted) return edited;
  // A quote that was literal amid an unquoted value may have moved to its front, where it means something.
  const quoted = `"${wanted.replace(/["\\`$]/g, '\\$&')}"`;
  return text.slice(0, assignment.rawStart) + quoted + text.slice(assignment.rawEnd);
}

function readValue(text: string, from: number): Pick<EnvAssignment, 'value' | 'offsets' | 'rawEnd'> | undefined {
  let value = '';
  const offsets: number[] = [];
  const take = (offset: number): void => {
    value += text[offset] ?? '';
    offsets.push(offset);
  };
  let at = skipSpace(text, from);
  let valueEnd = at;
  let literal = false;
  for (; at < text.length && text[at] !== '\n'; at += 1) {
    const char = text[at] ?? '';
    if (!literal && (char === "'" || char === '"')) {
      const close = readQuoted(text, at, take);
      if (close === undefined) return undefined;
      valueEnd = close;
      at = skipSpace(text, close + 1) - 1;
    } else if (char === '\\') {
      literal = true;
      at += 1;
      // To systemd the carriage return of Windows is a line break of its own.
      if (at < text.length && text[at] !== '\n' && text[at] !== '\r') {
        take(at);
        valueEnd = at + 1;
      }
    } else {
      literal = true;
      take(at);
      if (!isSpace(char)) valueEnd = at + 1;
    }
  }
  // Spaces after the last character of an unquoted value do not belong to it.
  const length = literal ? offsets.filter((offset) => offset < valueEnd).length : offsets.length;
  const rawEnd = Math.min(at, text.length);
  return { value: value.slice(0, length), offsets: [...offsets.slice(0, length), valueEnd], rawEnd };
}

/** Returns where the closing quote stands. */
function readQuoted(text: string, open: number, take: (offset: number) => void): number | undefined {
  const quote = text[open];
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === quote) return at;
    if (quote === '"' && text[at] === '\\') {
      const next = text[at + 1];
      if (next === undefined) return undefined;
      if (next !== '\n' && !'"\\`$'.includes(next)) take(at);
      at += 1;
      if (next !== '\n') take(at);
    } else take(at);
  }
  return undefined;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text[at] ?? '')) at += 1;
  return at;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

const newlines = (text: string): number => text.split('\n').length - 1;
