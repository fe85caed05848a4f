export interface LogicalLine {
  /** Lines that a backslash continues are one; each backslash and line break is two spaces, so that offsets hold. */
  readonly text: string;
  readonly offset: number;
}

/** The lines of a script, a unit or a file of variables, without comments and empty ones. */
export function* logicalLines(text: string): Generator<LogicalLine> {
  let at = 0;
  while (at < text.length) {
    const offset = at;
    let end = endOfLine(text, at);
    const comment = /^[ \t]*[#;]/.test(text.slice(at, Math.min(end, at + 200)));
    while (!comment && continues(text, end)) end = endOfLine(text, end + 1);
    at = end + 1;
    if (comment || end === offset) continue;
    const joined = text.slice(offset, end).replace(/\\\r?\n/g, (gap) => ' '.repeat(gap.length));
    if (joined.trim() !== '') yield { text: joined, offset };
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

const continues = (text: string, end: number): boolean =>
  end < text.length && (text[end - 1] === '\\' || (text[end - 1] === '\r' && text[end - 2] === '\\'));
