import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/report/display-width.js';
import { durationText } from '../../src/report/duration-text.js';
import { printable } from '../../src/report/printable.js';
import { sizeText } from '../../src/report/size-text.js';
import { tableText } from '../../src/report/table-text.js';
import { truncateText } from '../../src/report/truncate-text.js';
import { wrapText } from '../../src/report/wrap-text.js';
import { steering } from './poisoned.js';

describe('printable', () => {
  it('writes what could steer a terminal as escapes, in keys too', () => {
    expect(printable({ 'a\n': ['\u001b[31m', 1, null, '\u202e'] })).toEqual({
      'a\\n': ['\\x1b[31m', 1, null, '\\u202e'],
    });
  });

  it('changes nothing the second time, and leaves nothing that steers', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = printable(text);
        expect(printable(once)).toBe(once);
        expect(steering(once)).toEqual([]);
        expect(once).not.toMatch(/[\n\t]/);
      }),
    );
  });
});

describe('wrapText', () => {
  it('hangs what follows under the first line', () => {
    expect(wrapText('one two three', 12, '      ', '  do: ')).toEqual(['  do: one', '      two', '      three']);
  });

  it('keeps line breaks, and keeps a long word whole', () => {
    expect(wrapText('a\n/very/long/path b\n', 8)).toEqual(['a', '/very/long/path', 'b']);
  });

  it('loses no word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/)), fc.integer({ min: 1, max: 40 }), (words, width) => {
        const lines = wrapText(words.join(' '), width, '  ');
        expect(lines.join(' ').split(' ').filter(Boolean)).toEqual(words);
        expect(lines.every((line) => displayWidth(line) <= width || !line.trim().includes(' '))).toBe(true);
      }),
    );
  });
});

describe('tableText', () => {
  it('aligns columns and leaves no spaces at the end', () => {
    expect(
      tableText(
        [
          ['A', 'BB'],
          ['ccc', ''],
        ],
        80,
      ),
    ).toEqual(['A    BB', 'ccc']);
  });

  it('takes what is too wide from the widest column', () => {
    const [row = ''] = tableText([['x'.repeat(30), 'short', 'y'.repeat(10)]], 40);
    expect(row).toBe(`${'x'.repeat(20)}…  short  ${'y'.repeat(10)}`);
    expect(displayWidth(row)).toBe(40);
  });

  it('counts wide characters as two columns', () => {
    expect(
      tableText(
        [
          ['漢字', 'a'],
          ['abc', 'b'],
        ],
        80,
      ),
    ).toEqual(['漢字  a', 'abc   b']);
  });
});

describe('truncateText', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['漢字漢字', 5, '漢字…'],
    ['漢字漢字', 4, '漢…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('%s in %i columns is %s', (text, columns, shown) => expect(truncateText(text, columns)).toBe(shown));
});

describe('sizes and times', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [4_100_000_000, '4.1 GB'],
    [999_999, '1.0 MB'],
    [41_200_000_000, '41 GB'],
  ])('%i bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));

  it.each([
    [0, '0 ms'],
    [85, '85 ms'],
    [120, '0.1 s'],
    [9_940, '9.9 s'],
    [9_960, '10 s'],
    [59_600, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [3_900_000, '1 h 05 min'],
  ])('%i ms are %s', (ms, text) => expect(durationText(ms)).toBe(text));
});
