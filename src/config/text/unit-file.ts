export interface UnitEntry {
  readonly section: string;
  readonly key: string;
  /** Continued lines joined by a space. */
  readonly value: string;
  /** Where the key stands, from 1. */
  readonly line: number;
  /** The lines of the entry, the last line break included. */
  readonly start: number;
  readonly end: number;
}

/** Reads a unit file or drop-in: every assignment in order. What is none (comments, junk) is left out, as systemd does. */
export function parseUnitFile(text: string): readonly UnitEntry[] {
  const entries: UnitEntry[] = [];
  let section = '';
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const start = at;
    const startLine = line;
    const { logical, end, lines } = logicalLine(text, at);
    at = end;
    line += lines;
    const trimmed = logical.trim();
    const header = /^\[([^\]]*)\]$/.exec(trimmed);
    const equals = trimmed.indexOf('=');
    if (header !== null) section = header[1] ?? '';
    else if (equals > 0 && !/^[#;]/.test(trimmed)) {
      const key = trimmed.slice(0, equals).trim();
      entries.push({ section, key, value: trimmed.slice(equals + 1).trim(), line: startLine, start, end });
    }
  }
  return entries;
}

/** A backslash at a line's end continues it; comment lines in between are left out, and a comment is never continued. */
function logicalLine(text: string, from: number): { logical: string; end: number; lines: number } {
  let logical = '';
  let at = from;
  let lines = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const physical = text.slice(at, newline === -1 ? text.length : newline).replace(/\r$/, '');
    at = newline === -1 ? text.length : newline + 1;
    lines += 1;
    const isComment = /^\s*[#;]/.test(physical);
    if (isComment && logical !== '') continue;
    if (isComment || !physical.endsWith('\\')) return { logical: logical + physical, end: at, lines };
    logical += `${physical.slice(0, -1)} `;
  }
  return { logical, end: at, lines };
}
