export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** `rc.1`, `beta.2`; undefined for a release. */
  readonly preRelease: string | undefined;
}

/** Reads `v1.21.2+k3s1`, `1.6.20~ds1-1+deb12u1`, `5:20.10.24~3-0~debian`, `2.0.0-rc.1`; undefined for anything else. */
export function parseVersion(text: string): Version | undefined {
  const match = /^(?:\d+:)?v?(\d+)\.(\d+)(?:\.(\d+))?(.*)$/.exec(text.trim());
  if (match === null) return undefined;
  const [, major, minor, patch, rest] = match;
  // Only these words make a version older than its number; `~ds1` and `+k3s1` are builds of it.
  const preRelease = /^[-~.]?((?:alpha|beta|rc)[.-]?\d*)/.exec(rest ?? '')?.[1];
  return { major: Number(major), minor: Number(minor), patch: Number(patch ?? 0), preRelease };
}

/** Negative when `a` is older. */
export function compareVersions(a: Version, b: Version): number {
  const numbers = a.major - b.major || a.minor - b.minor || a.patch - b.patch;
  if (numbers !== 0) return numbers;
  if (a.preRelease === undefined || b.preRelease === undefined) {
    return Number(a.preRelease === undefined) - Number(b.preRelease === undefined);
  }
  return a.preRelease.localeCompare(b.preRelease, 'en', { numeric: true });
}
