import { MigrateError } from '../core/errors.js';

/** What the toolkit's requests and parsers were written for: Docker 1.12 up to Engine 29. */
const OLDEST = '1.24';
const NEWEST = '1.52';

/** What an engine says of itself; engines before API 1.25 or so leave the minimum out. */
export interface EngineVersions {
  readonly version: string;
  readonly apiVersion: string;
  readonly minApiVersion: string;
}

/** The newest API version that both sides speak. Engine 29.0 speaks nothing below 1.44, 20.10 nothing above 1.41. */
export function dockerApiVersion(subject: string, engine: EngineVersions): string {
  const newest = engine.apiVersion === '' ? OLDEST : engine.apiVersion;
  const chosen = compare(newest, NEWEST) < 0 ? newest : NEWEST;
  if (compare(chosen, OLDEST) < 0) {
    throw new MigrateError(
      'failed',
      `${subject}: Engine ${engine.version} speaks API ${newest} at most, ${OLDEST} is needed`,
      {
        hint: 'Docker 1.12 is the oldest engine the toolkit can read',
      },
    );
  }
  if (engine.minApiVersion !== '' && compare(chosen, engine.minApiVersion) < 0) {
    throw new MigrateError(
      'failed',
      `${subject}: Engine ${engine.version} speaks API ${engine.minApiVersion} at least, the toolkit ${NEWEST} at most`,
      { hint: `lower the engine's min-api-version to ${NEWEST}, or use a newer dockershim-migrate` },
    );
  }
  return chosen;
}

/** Versions are pairs of numbers, not decimals: 1.9 is older than 1.24. */
function compare(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}
