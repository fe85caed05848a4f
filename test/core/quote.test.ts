import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote } from '../../src/core/quote.js';
import { missing } from '../hosts/missing.js';

/** Text that bites: every control character but NUL, syntax of shells, and anything Unicode. */
const awkward = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    '--',
    '-n',
    '~',
    '~root',
    '=ls',
    'a=b',
    "'",
    "''",
    "'\\''",
    '\\',
    '\\\\',
    '\n',
    '\r\n',
    '$',
    '${HOME}',
    '$(id)',
    '`id`',
  ),
  fc.constantFrom(
    '*',
    '?',
    '[a-z]',
    '{a,b}',
    '!',
    '!!',
    '#',
    '# x',
    '"',
    '|',
    '||',
    '&',
    '&&',
    ';',
    '<',
    '>',
    '>>',
    '(',
    ')',
    ' ',
    '\t',
  ),
  fc.string({ unit: fc.integer({ min: 1, max: 0x7f }).map((code) => String.fromCharCode(code)), maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
);
const words = fc.array(
  fc.array(awkward, { maxLength: 4 }).map((parts) => parts.join('')),
  { minLength: 1, maxLength: 6 },
);

/** What a shell makes of a command line: the arguments that a program gets from it. */
const readBack = (shell: readonly string[], line: string): string[] => {
  const [file = '', ...args] = shell;
  const printed = execFileSync(file, [...args, '-c', `/usr/bin/printf '%s\\0' ${line}`], {
    cwd: '/',
    encoding: 'utf8',
  });
  return printed.split('\0').slice(0, -1);
};

describe('quote', () => {
  for (const [shell, lacking] of [
    [['sh'], ''],
    [['dash'], missing('dash')],
    [['bash'], missing('bash')],
    [['busybox', 'sh'], missing('busybox')],
  ] as const) {
    it.skipIf(lacking !== '')(
      `gives the same words back through ${shell.join(' ')}${lacking}`,
      { timeout: 60_000 },
      () => {
        fc.assert(
          fc.property(words, (argv) => {
            expect(readBack(shell, quote(argv))).toEqual(argv);
          }),
          { numRuns: 150 },
        );
      },
    );
  }

  it('gives the same words back through two shells, one in the other', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(words, (argv) => {
        const inner = quote(['/usr/bin/printf', '%s\\0', ...argv]);
        const printed = execFileSync('sh', ['-c', quote(['sh', '-c', inner])], { cwd: '/', encoding: 'utf8' });
        expect(printed.split('\0').slice(0, -1)).toEqual(argv);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps each byte but NUL', () => {
    const all = Array.from({ length: 127 }, (_, i) => String.fromCharCode(i + 1)).join('');
    expect(readBack(['sh'], quote([all]))).toEqual([all]);
  });

  it('leaves plain words readable and quotes the empty one', () => {
    expect(quote(['systemctl', 'show', '--property=Id', ''])).toBe("systemctl show '--property=Id' ''");
  });

  it('refuses NUL, which no command can hold', () => {
    expect(() => quote(['a\0b'])).toThrow(/NUL/);
  });
});
