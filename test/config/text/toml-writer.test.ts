import fc from 'fast-check';
import { TomlDate, type TomlTable, type TomlValue } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parseToml } from '../../../src/config/text/toml-document.js';
import { writeToml } from '../../../src/config/text/toml-writer.js';

const read = (text: string): TomlTable => {
  const parsed = parseToml(text);
  if (!parsed.ok) throw new Error(`line ${parsed.line}: ${parsed.reason}\n${text}`);
  return parsed.value;
};

/** Tables from the parser have no prototype; what counts is what is in them. */
const plain = (value: TomlValue): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof TomlDate) return value.toISOString();
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
  return value;
};

describe('writeToml', () => {
  it('puts scalars before tables, and indents by the headers above', () => {
    const table = {
      b: { c: { d: { e: 1n } }, a: true },
      version: 2n,
      a: 'x',
      'io.x/y': { z: [1n, 2.5] },
      empty: {},
      list: [{ q: 1n }, { r: 'y' }],
    };
    expect(writeToml(table, { keyQuote: "'" })).toBe(
      [
        'version = 2',
        'a = "x"',
        '',
        '[b]',
        '  a = true',
        '',
        '  [b.c.d]',
        '    e = 1',
        '',
        '[empty]',
        '',
        "['io.x/y']",
        '  z = [1, 2.5]',
        '',
        '[[list]]',
        '  q = 1',
        '',
        '[[list]]',
        '  r = "y"',
        '',
      ].join('\n'),
    );
  });

  it.each([1, -0, 1e21, 1e-7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1])('keeps %d a float', (value) => {
    expect(read(writeToml({ value }, { keyQuote: '"' }))['value']).toBe(value);
  });

  it('keeps dates and escapes', () => {
    const text = 'at = 1979-05-27T07:32:00Z\nday = 1979-05-27\n';
    expect(writeToml(read(text), { keyQuote: '"' })).toContain('day = 1979-05-27');
    const odd = { 'it\'s "odd"\\\u0001': '\u0000\u007f\b\t\n\f\r"\\ é 😀' };
    expect(plain(read(writeToml(odd, { keyQuote: "'" })))).toEqual(odd);
  });

  it('writes what reads back as the same, the same way each time', { timeout: 60_000 }, () => {
    const key = fc
      .oneof(
        fc.constantFrom('version', 'a', 'io.containerd.grpc.v1.cri', "it's", '', 'a b', '"'),
        fc.string({ unit: 'binary', maxLength: 5 }),
      )
      .filter((name) => name !== '__proto__');
    const { table } = fc.letrec<{ table: TomlTable; value: TomlValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        fc.string({ unit: 'binary', maxLength: 8 }),
        fc.boolean(),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.double({ noNaN: true }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.array(tie('table'), { maxLength: 3 }),
        tie('table'),
      ),
      table: fc.dictionary(key, tie('value'), { maxKeys: 3 }),
    }));
    fc.assert(
      fc.property(table, fc.constantFrom<'"' | "'">('"', "'"), (value, keyQuote) => {
        const text = writeToml(value, { keyQuote });
        expect(plain(read(text))).toEqual(plain(value));
        expect(writeToml(read(text), { keyQuote })).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});
