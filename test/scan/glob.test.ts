import { describe, expect, it } from 'vitest';
import { glob } from '../../src/scan/glob.js';

describe('glob', () => {
  it.each([
    ['vendor', 'vendor/a/b.yaml', true],
    ['vendor/**', 'vendor/a/b.yaml', true],
    ['vendor/**', 'vendored/a.yaml', false],
    ['**/test/*.yaml', 'a/b/test/x.yaml', true],
    ['**/test/*.yaml', 'test/x.yaml', true],
    ['**/test/*.yaml', 'a/test/b/x.yaml', false],
    ['*.yaml', 'a/x.yaml', false],
    ['*.{yaml,yml}', 'x.yml', true],
    ['a?c', 'abc', true],
    ['a.c', 'abc', false],
    ['team-*', 'team-a', true],
    ['(x|y)', 'x', false],
  ])('%s over %s is %s', (pattern, name, matches) => {
    expect(glob(pattern)(name)).toBe(matches);
  });
});
