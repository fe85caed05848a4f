import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Words } from '../../src/rules/rule.js';
import { wordFinder } from '../../src/scan/word-finder.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('wordFinder', () => {
  it.each(['docker', 'a docker', 'DOCKER.sock', 'xDockery', `${'-'.repeat(5000)}docker`])(
    'finds docker in %j',
    (text) => {
      expect(wordFinder(['docker']).inBytes(bytes(text))).toBe(true);
    },
  );

  it.each(['', 'docke', 'dock er', 'd-o-c-k-e-r', 'ocker dock'])('finds no docker in %j', (text) => {
    expect(wordFinder(['docker']).inBytes(bytes(text))).toBe(false);
  });

  it('wants all of a list, in any order', () => {
    const finder = wordFinder([['containerPort', 'runAsNonRoot']]);
    expect(finder.inText('runAsNonRoot: true … containerPort: 80')).toBe(true);
    expect(finder.inText('containerPort: 80 … runAsRoot')).toBe(false);
  });

  it('takes a word only where what follows it matches, and the later one when the first does not', () => {
    const finder = wordFinder([{ word: 'containerPort', next: /^"?: *\d{1,3}\b/ }]);
    expect(finder.inText('containerPort: 8080')).toBe(false);
    expect(finder.inText('containerPort: 8080\ncontainerPort: 80\n')).toBe(true);
    expect(finder.inText('"containerPort":80}')).toBe(true);
  });

  it('refuses words that are too short to skip by', () => {
    expect(() => wordFinder(['sock'])).toThrow(RangeError);
  });

  it('agrees with a plain search for any words and any text', () => {
    const word = fc.stringMatching(/^[a-d./]{5,9}$/);
    const text = fc.stringMatching(/^[a-dA-D./ é]{0,80}$/);
    const choice = fc.array(fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 3 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(choice, text, (words: Words, haystack) => {
        const lower = haystack.toLowerCase();
        const plain = words.some((one) => [one].flat().every((each) => lower.includes(String(each))));
        expect(wordFinder(words).inText(haystack)).toBe(plain);
      }),
      { numRuns: 2000 },
    );
  });
});
