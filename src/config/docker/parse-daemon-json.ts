import { notUnderstood, understood, type Parsed } from '../text/parsed.js';
import { parseStrictJson, type JsonObject } from '../text/strict-json.js';

export interface DaemonJson {
  readonly settings: JsonObject;
  /** Where each of its keys stands, from 1. */
  readonly lines: ReadonlyMap<string, number>;
}

/** Objects whose keys are names that people chose; everywhere else dockerd does not mind the case. */
const NAMED =
  /^(?:log-opts|runtimes|features|default-ulimits|default-network-opts|cluster-store-opts|runtimes\..*\.options.*|default-network-opts\..*)$/i;

/** Longer ones were never a daemon.json. */
const MAX_CHARS = 1024 * 1024;

/** Reads Docker's configuration file. An empty one, and one with a byte order mark, are dockerd's to take. */
export function parseDaemonJson(text: string): Parsed<DaemonJson> {
  if (text.length > MAX_CHARS)
    return notUnderstood(1, `it is ${text.length} characters long, and no configuration of Docker is`);
  // Windows' editors leave the mark, and newer dockerds accept it.
  const json = text.replace(/^\uFEFF/, '');
  if (json.trim() === '') return understood({ settings: {}, lines: new Map() });
  const parsed = parseStrictJson(json, (path) => NAMED.test(path));
  if (!parsed.ok) return parsed;
  const { value, lines } = parsed.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return notUnderstood(1, 'it is not a JSON object');
  }
  return understood({ settings: value as JsonObject, lines });
}
