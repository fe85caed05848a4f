import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editEnvValue, parseEnvFile } from '../../../src/config/text/env-file.js';

const values = (text: string): Record<string, string> | string => {
  const parsed = parseEnvFile(text);
  return parsed.ok
    ? Object.fromEntries(parsed.value.map(({ name, value }) => [name, value]))
    : `line ${parsed.line}: ${parsed.reason}`;
};

describe('parseEnvFile', () => {
  it.each<[string, string, Record<string, string>]>([
    ['a plain value', 'A=b\n', { A: 'b' }],
    ['no line break at the end', 'A=b', { A: 'b' }],
    ['spaces within', 'A=--x --y\n', { A: '--x --y' }],
    ['spaces around', 'A=  b c \t\n', { A: 'b c' }],
    ['a name with spaces around', '  A =b\n', { A: 'b' }],
    ['an empty value', 'A=\nB=c\n', { A: '', B: 'c' }],
    ['comments and blank lines', '# A=x\n\n;B=y\n  # C=z\nA=b\n', { A: 'b' }],
    ['a line without =', 'junk\nA=b\n', { A: 'b' }],
    ['export, which systemd drops', 'export A=b\nB=c\n', { B: 'c' }],
    ['the last of several', 'A=b\nA=c\n', { A: 'c' }],
    ['double quotes', 'A="b  c"\n', { A: 'b  c' }],
    ['escapes in double quotes', 'A="\\"\\$\\`\\\\\\n"\n', { A: '"$`\\\\n' }],
    ['single quotes', "A='b \"c\\'\n", { A: 'b "c\\' }],
    ['quotes one after the other', 'A="b"\'c\'\n', { A: 'bc' }],
    ['quotes with spaces between', 'A="b" "c" d\n', { A: 'bcd' }],
    ['quotes within an unquoted value', 'A=b "c"\n', { A: 'b "c"' }],
    ['escapes in an unquoted value', 'A=b\\ \\"c\n', { A: 'b "c' }],
    ['a continued line', 'A=b \\\n  c\nB=d\n', { A: 'b   c', B: 'd' }],
    ['a continued line in double quotes', 'A="b \\\nc"\nB=d\n', { A: 'b c', B: 'd' }],
    ['a line break in quotes', 'A="b\nc=d"\nB=e\n', { A: 'b\nc=d', B: 'e' }],
    ['line breaks of Windows', 'A=b\r\nB="c"\r\n', { A: 'b', B: 'c' }],
    ['a backslash before a line end of Windows', 'A=b \\\r\nB=d\r\n', { A: 'b', B: 'd' }],
    ['no expansion', 'A=$B${C}\n', { A: '$B${C}' }],
    ['an equals sign within', 'A=--x=y\n', { A: '--x=y' }],
    ['an escaped space at the end', 'A=b\\ \n', { A: 'b ' }],
  ])('reads %s', (_what, text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it.each([
    ['A=b\nB="c\nC=d\n', 'line 2: a quote is opened and not closed'],
    ["A='b", 'line 1: a quote is opened and not closed'],
    ['# x \\\nA=b\n', 'line 1: a comment ends in a backslash'],
  ])('says where %j is not clear', (text, expected) => {
    expect(values(text)).toContain(expected);
  });

  it('knows the lines of assignments', () => {
    const parsed = parseEnvFile('# x\nA="b\nc"\n\nB=d \\\n e\nC=f\n');
    expect(parsed.ok && parsed.value.map(({ name, line }) => [name, line])).toEqual([
      ['A', 2],
      ['B', 5],
      ['C', 7],
    ]);
  });
});

describe('editEnvValue', () => {
  const edit = (text: string, name: string, start: number, end: number, inserted: string): string => {
    const parsed = parseEnvFile(text);
    const assignment = parsed.ok ? parsed.value.find((one) => one.name === name) : undefined;
    if (assignment === undefined) throw new Error(`no ${name}`);
    return editEnvValue(text, assignment, [{ start, end, text: inserted }]);
  };

  it.each([
    ['# x\nA="b c d"\nB=e\n', 1, 3, '', '# x\nA="b d"\nB=e\n'],
    ["A='b c'\n", 0, 0, 'a ', "A='a b c'\n"],
    ['A=\n', 0, 0, '--a --b', 'A=--a --b\n'],
    ['A=""\n', 0, 0, '--a --b', 'A="--a --b"\n'],
    ['A=b c  \n', 1, 3, '', 'A=b  \n'],
    ['A="b \\\n  c \\\n  d"\n', 1, 5, '', 'A="b \\\n  d"\n'],
  ])('in %j replaces %i to %i by %j', (text, start, end, inserted, expected) => {
    expect(edit(text, 'A', start, end, inserted)).toBe(expected);
  });

  it('quotes what would begin to mean something', () => {
    expect(edit('A=b "c  d"\n', 'A', 0, 2, '')).toBe('A="\\"c  d\\""\n');
    expect(values('A="\\"c  d\\""\n')).toEqual({ A: '"c  d"' });
  });

  it('changes the value as asked and nothing else', { timeout: 60_000 }, () => {
    const char = fc.constantFrom('a', 'b', ' ', '-', '=', '"', "'", '\\', '$', '`', '#', '\t');
    const raw = fc.array(char, { maxLength: 14 }).map((chars) => chars.join(''));
    const quote = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => `"${text.replace(/["\\]/g, '\\$&')}"`,
      (text) => `'${text.replaceAll("'", '')}'`,
    );
    let tried = 0;
    fc.assert(
      fc.property(
        raw,
        quote,
        fc.nat(14),
        fc.nat(14),
        fc.constantFrom('', 'x', '--k=v '),
        (text, quoted, a, b, inserted) => {
          const file = `# c\nB=1\nA=${quoted(text)}\nC='2'\n`;
          const parsed = parseEnvFile(file);
          const assignment = parsed.ok ? parsed.value.find(({ name }) => name === 'A') : undefined;
          if (assignment === undefined || !parsed.ok || parsed.value.length !== 3) return;
          tried += 1;
          const { value } = assignment;
          const start = Math.min(a, b, value.length);
          const end = Math.min(Math.max(a, b), value.length);
          const wanted = value.slice(0, start) + inserted + value.slice(end);
          const edited = editEnvValue(file, assignment, [{ start, end, text: inserted }]);
          expect(values(edited)).toEqual({ B: '1', A: wanted, C: '2' });
          expect(edited.startsWith('# c\nB=1\nA=')).toBe(true);
          expect(edited.endsWith("\nC='2'\n")).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
    expect(tried).toBeGreaterThan(200);
  });
});
