import { describe, expect, it } from 'vitest';
import { dockerApiVersion } from '../../src/runtimes/docker-api-version.js';

const choose = (apiVersion: string, minApiVersion = ''): string =>
  dockerApiVersion('Docker at /run/docker.sock', { version: '0', apiVersion, minApiVersion });

describe('dockerApiVersion', () => {
  it.each([
    ['1.24', '', '1.24'],
    ['', '', '1.24'],
    ['1.27', '1.12', '1.27'],
    ['1.41', '1.12', '1.41'],
    ['1.51', '1.24', '1.51'],
    ['1.52', '1.44', '1.52'],
    ['1.55', '1.40', '1.52'],
    ['2.0', '1.44', '1.52'],
  ])('is the lower of the engine’s %s (at least %s) and ours: %s', (newest, oldest, chosen) => {
    expect(choose(newest, oldest)).toBe(chosen);
  });

  // 1.9 would be the larger of the two if versions were decimals.
  it.each(['1.9', '1.23'])('refuses an engine that ends at %s', (newest) => {
    expect(() => choose(newest)).toThrow(/speaks API 1\.\d+ at most, 1\.24 is needed/);
  });

  it('refuses an engine that begins after ours', () => {
    expect(() => choose('1.70', '1.60')).toThrow(/speaks API 1\.60 at least, the toolkit 1\.52 at most/);
  });
});
