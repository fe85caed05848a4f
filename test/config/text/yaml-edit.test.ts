import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { editYaml, type YamlEdits } from '../../../src/config/text/yaml-edit.js';

function edited(text: string, edits: YamlEdits): string {
  const result = editYaml(text, edits);
  if (!result.ok) throw new Error(`line ${result.line}: ${result.reason}`);
  return result.value;
}

describe('editYaml', () => {
  it.each<[string, string, YamlEdits, string]>([
    ['an empty file', '', { b: 1, a: 'x' }, 'a: x\nb: 1\n'],
    ['comments alone', '# c\n', { a: 1 }, '# c\na: 1\n'],
    ['keys in order', 'a: 1\nc: 3\n', { b: 2 }, 'a: 1\nb: 2\nc: 3\n'],
    ['keys in no order', 'c: 3\na: 1\n', { b: 2 }, 'c: 3\na: 1\nb: 2\n'],
    ['the first place, behind comments', '# c\nb: 1\n', { a: 2 }, '# c\na: 2\nb: 1\n'],
    ['no line break at the end', 'a: 1', { b: 2 }, 'a: 1\nb: 2\n'],
    ['a value with a comment', 'a: "1" # why\nb: 2\n', { a: 'x' }, 'a: x # why\nb: 2\n'],
    ['no value', 'a:\nb: 2\n', { a: 'x' }, 'a: x\nb: 2\n'],
    ['a list in the value', 'a:\n- 1\n- 2\nb: 2\n', { a: 3 }, 'a: 3\nb: 2\n'],
    ['a key that goes', '# c\na: 1 # x\nb: 2\n', { a: undefined }, '# c\nb: 2\n'],
    ['a list that goes', 'a:\n- 1\n# after\nb: 2\n', { a: undefined }, '# after\nb: 2\n'],
    ['line ends of Windows', 'a: 1\r\nc: 2\r\n', { b: 'x', c: 3 }, 'a: 1\r\nb: x\r\nc: 3\r\n'],
    ['a byte order mark', '\ufeffb: 1\n', { a: 2 }, '\ufeffa: 2\nb: 1\n'],
    ['a document mark', '---\na: 1\n', { b: 2 }, '---\na: 1\nb: 2\n'],
    ['anchors', 'a: &x 1\nb: *x\n', { c: 3 }, 'a: &x 1\nb: *x\nc: 3\n'],
    ['a block of text', 'a: |\n  x\n  y\nc: 1\n', { b: 2 }, 'a: |\n  x\n  y\nb: 2\nc: 1\n'],
    ['JSON', '{\n    "b": [1, 2]\n}\n', { a: 'x' }, '{\n    "b": [\n        1,\n        2\n    ],\n    "a": "x"\n}\n'],
    ['what is there already', "a:   'x'\n", { a: 'x', b: undefined }, "a:   'x'\n"],
  ])('edits %s', (_what, text, edits, expected) => {
    expect(edited(text, edits)).toBe(expected);
    expect(edited(expected, edits)).toBe(expected);
  });

  it('writes a mapping in braces anew', () => {
    expect(parse(edited('{a: 1, b: [2]} # c\n', { c: 'x' }))).toEqual({ a: 1, b: [2], c: 'x' });
  });

  it.each([
    ['a: 1\nb: [\n', 2],
    ['- a\n', 1],
    ['a: 1\na: 2\n', 2],
    ['a: &x 1\nb: *x\n', 1],
  ])('says where %j cannot be edited', (text, line) => {
    const result = editYaml(text, { a: 5 });
    expect(result.ok).toBe(false);
    expect(!result.ok && result.line >= line && result.reason).toMatch(/\w/);
  });

  it('changes what it is asked to and nothing else', () => {
    const pieces = [
      'a: 1',
      'b: "x" # c',
      'c:\n- 1\n- 2',
      'd:\n  e: 1 # f\n  # g',
      '# lone',
      '',
      'f: |\n  text',
      "g: 'y'",
    ];
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let round = 0; round < 500; round += 1) {
      const chosen = pieces.toSorted(() => random(3) - 1).slice(0, random(pieces.length + 1));
      const text = chosen.map((piece) => `${piece}\n`).join('');
      const key = ['a', 'b', 'c', 'd', 'ee', 'g', 'zz'][random(7)] ?? 'a';
      const value = [1, 'x y', true, undefined, '10M'][random(5)];
      const before = (parse(text) ?? {}) as Record<string, unknown>;
      const { [key]: _gone, ...others } = before;
      const after = edited(text, { [key]: value });
      expect(parse(after) ?? {}).toEqual(value === undefined ? others : { ...before, [key]: value });
      expect(after.includes('# lone')).toBe(text.includes('# lone'));
      expect(edited(after, { [key]: value })).toBe(after);
    }
  });
});
