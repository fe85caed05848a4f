import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersion } from '../../src/config/version.js';

describe('parseVersion', () => {
  it.each([
    ['1.6.20~ds1-1+deb12u1', '1.6.20'],
    ['v1.21.2+k3s1', '1.21.2'],
    ['v1.21.14-eks-fb459a0', '1.21.14'],
    ['5:20.10.24~3-0~debian-bookworm', '20.10.24'],
    ['2.0.0-rc.1', '2.0.0 rc.1'],
    ['2.0.0~rc1', '2.0.0 rc1'],
    ['1.7', '1.7.0'],
    [' v2.1.3\n', '2.1.3'],
  ])('reads %s', (text, expected) => {
    const version = parseVersion(text);
    const { major, minor, patch, preRelease } = version ?? { major: -1, minor: 0, patch: 0, preRelease: undefined };
    expect(`${major}.${minor}.${patch}${preRelease === undefined ? '' : ` ${preRelease}`}`).toBe(expected);
  });

  it.each(['', 'latest', '1', 'v1.x', '<nil>'])('does not read "%s"', (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });
});

describe('compareVersions', () => {
  it('orders by number, and a candidate before its release', () => {
    const ordered = [
      '1.3.9',
      '1.6.4',
      '1.6.20~ds1',
      '1.7.0',
      '2.0.0-beta.2',
      '2.0.0-rc.1',
      '2.0.0-rc.10',
      '2.0.0',
      '2.0.1',
      '10.0.0',
    ];
    const versions = ordered.map((text) => ({ text, version: parseVersion(text) }));
    const shuffled = [...versions]
      .reverse()
      .sort((a, b) => (a.version && b.version ? compareVersions(a.version, b.version) : Number.NaN));
    expect(shuffled.map(({ text }) => text)).toEqual(ordered);
  });
});
