import { describe, expect, it } from 'vitest';
import { parseStrictJson } from '../../../src/config/text/strict-json.js';

describe('parseStrictJson', () => {
  it.each([
    '{}',
    ' [ ] ',
    '{"a": [1, -2.5e3, true, false, null, "x\\u0041\\n\\"\\\\/"], "b": {"c": {}}}',
    '"grün 😀"',
    '{"__proto__": {"x": 1}, "constructor": 2}',
    '0',
  ])('reads %s as JSON.parse does', (text) => {
    expect(parseStrictJson(text)).toMatchObject({ ok: true, value: { value: JSON.parse(text) as unknown } });
  });

  it.each<[string, number, string]>([
    ['', 1, 'it ends where a value has to follow'],
    ['{"a": 1,\n "b": 2,\n}', 2, 'a comma stands before the closing }'],
    ['[1,]', 1, 'a comma stands before the closing ]'],
    ['{\n// why\n"a": 1}', 2, 'a comment'],
    ['{"a": 1, # why\n"b": 2}', 1, 'a comment'],
    ['{"a": /* why */ 1}', 1, 'a comment'],
    ['{"a": 1}\n// end', 2, 'a comment'],
    ['{"a": 1}\nx', 2, 'something follows'],
    ["{'a': 1}", 1, 'in double quotes'],
    ['{a: 1}', 1, 'in double quotes'],
    ['{"a" 1}', 1, 'a colon has to follow the key "a"'],
    ['{"a": 1 "b": 2}', 1, 'a comma or a } has to follow'],
    ['{"a": [1\n2]}', 2, 'a comma or a ] has to follow'],
    ['{"a": 1', 1, 'it ends before a } closes it'],
    ['{"a":\n "b\n"}', 2, 'a string is not closed on its line'],
    ['{"a": "b', 1, 'a string is not closed on its line'],
    ['{"a": "\\x"}', 1, 'a backslash'],
    ['{"a": tru}', 1, 'no JSON value'],
    ['{"a": NaN}', 1, 'no JSON value'],
    ['{"a": constructor}', 1, 'no JSON value'],
    ['{"a": 01}', 1, 'a comma or a }'],
    ['{"a": .5}', 1, 'no JSON value'],
    ['\uFEFF{}', 1, 'no JSON value'],
    ['{"a": 1,\n\n"a": 2}', 3, '"a" is there twice, first on line 1'],
    ['{"a": 1, "\\u0061": 2}', 1, 'is there twice'],
    ['{"a": {"b": [{"c": 1,\n "c": 2}]}}', 2, '"c" is there twice'],
    ['{"debug": true,\n"Debug": false}', 2, '"Debug" and "debug" on line 1 are the same key'],
  ])('refuses %j, line %i', (text, line, reason) => {
    expect(parseStrictJson(text)).toEqual({ ok: false, line, reason: expect.stringContaining(reason) as string });
  });

  it('tells names from keys', () => {
    expect(parseStrictJson('{"names": {"a": 1, "A": 2}}', (path) => path === 'names')).toMatchObject({ ok: true });
    expect(parseStrictJson('{"names": {"a": 1, "A": 2}}')).toMatchObject({ ok: false });
  });

  it('tells where the outermost keys stand', () => {
    const parsed = parseStrictJson('{\n"a": {"x": 1},\n\n"b": 2}');
    expect(parsed.ok && [...parsed.value.lines]).toEqual([
      ['a', 2],
      ['b', 4],
    ]);
  });

  it.each([
    ['[', '['.repeat(10_000_000)],
    ['{"a":', '{"a":'.repeat(2_000_000)],
    ['[{"a":', '[{"a":'.repeat(1_700_000)],
  ])('refuses ten megabytes of %s at once', (_name, text) => {
    const start = performance.now();
    expect(parseStrictJson(text)).toMatchObject({
      ok: false,
      line: 1,
      reason: expect.stringContaining('nested') as string,
    });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('reads what JSON.stringify writes, and refuses what lacks a character', () => {
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const make = (depth: number): unknown => {
      const kind = next(depth > 3 ? 4 : 6);
      if (kind === 0) return next(1000) - 500;
      if (kind === 1) return next(2) === 0;
      if (kind === 2) return null;
      if (kind === 3) return String.fromCharCode(...Array.from({ length: next(6) }, () => next(300)));
      if (kind === 4) return Array.from({ length: next(4) }, () => make(depth + 1));
      return Object.fromEntries(Array.from({ length: next(4) }, (_, at) => [`k${at}`, make(depth + 1)]));
    };
    for (let round = 0; round < 300; round += 1) {
      const value = { all: make(0) };
      const text = JSON.stringify(value, null, next(3));
      expect(parseStrictJson(text)).toMatchObject({ ok: true, value: { value } });
      // Every beginning of an object is no object yet.
      expect(parseStrictJson(text.slice(0, 1 + next(text.length - 1)))).toMatchObject({ ok: false });
    }
  });
});
