import { describe, expect, it } from 'vitest';
import { globPattern } from '../../../src/config/text/glob-pattern.js';

describe('globPattern', () => {
  it.each([
    ['/etc/a/*.toml', '/etc/a/b.toml', true],
    ['/etc/a/*.toml', '/etc/a/b/c.toml', false],
    ['/etc/a?', '/etc/ab', true],
    ['/etc/[^a]', '/etc/a', false],
    ['/etc/[ab].conf', '/etc/b.conf', true],
    ['/etc/a.b', '/etc/axb', false],
    ['/etc/[z-a]*', '/etc/z', false],
    ['/etc/[', '/etc/[', false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(globPattern(pattern).test(path)).toBe(expected);
  });
});
