import { describe, expect, it } from 'vitest';
import { outputPairs } from '../../src/cli/output-pairs.js';

describe('outputPairs', () => {
  it('pairs by position; what has no file goes to stdout', () => {
    expect(outputPairs([], [], 'text')).toEqual([{ format: 'text', file: undefined }]);
    expect(outputPairs(['sarif', 'html', 'text'], ['a.sarif', 'b.html'], 'text')).toEqual([
      { format: 'sarif', file: 'a.sarif' },
      { format: 'html', file: 'b.html' },
      { format: 'text', file: undefined },
    ]);
    expect(outputPairs(['json', 'sarif'], ['-', 'a.sarif'], 'text')[0]).toEqual({ format: 'json', file: undefined });
  });

  it.each([
    [['json', 'text'], []],
    [
      ['json', 'sarif'],
      ['x', 'x'],
    ],
    [['json'], ['a', 'b']],
  ])('refuses %j to %j', (formats, files) => {
    expect(() => outputPairs(formats, files, 'text')).toThrow(/formats by --format|would go to/);
  });
});
