import type { TomlValue } from 'smol-toml';
import { tomlEqual } from '../text/toml-equal.js';
import { isTable } from '../text/toml-text.js';

/** Whether containerd's dump says what was written, in its own spelling: `1m0s` for `60s`, more keys, nothing for what is empty. */
export function sameSetting(found: TomlValue | undefined, meant: TomlValue): boolean {
  if (found === undefined) return isNothing(meant);
  if (tomlEqual(found, meant)) return true;
  if (isNumber(found) && isNumber(meant)) return Number(found) === Number(meant);
  if (typeof found === 'string' && typeof meant === 'string') {
    const [a, b] = [durationNs(found), durationNs(meant)];
    return a !== undefined && a === b;
  }
  if (Array.isArray(found) && Array.isArray(meant)) {
    return found.length === meant.length && meant.every((one, index) => sameSetting(found[index], one));
  }
  return (
    isTable(found) && isTable(meant) && Object.entries(meant).every(([key, value]) => sameSetting(found[key], value))
  );
}

const isNothing = (value: TomlValue): boolean =>
  value === '' || value === false || value === 0n || (Array.isArray(value) && value.length === 0);

const isNumber = (value: TomlValue): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12 };

/** A Go duration. */
function durationNs(text: string): number | undefined {
  if (!/^-?(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)];
  const sum = parts.reduce((total, [, number, unit]) => total + Number(number) * (UNITS[unit ?? ''] ?? 0), 0);
  return Math.round(text.startsWith('-') ? -sum : sum);
}
