import type { FileFacts } from '../../core/inventory.js';
import { parseStrictJson, type JsonObject, type JsonValue } from '../text/strict-json.js';
import { notUnderstood, understood, type Parsed } from '../text/parsed.js';

export interface DockerLogin {
  /** By registry, as it is written. */
  readonly auths: Readonly<Record<string, JsonObject>>;
  /** `HttpHeaders`, `credsStore`, …: everything but the entries of registries. */
  readonly others: JsonObject;
}

const NAMES = /^(?:auths|credHelpers|HttpHeaders|proxies|plugins|aliases)(?:\.|$)/;

/**
 * A `config.json`, or a `.dockercfg`, which is its `auths` alone. Reasons quote nothing of the file but names of keys.
 */
export function dockerLogin({ content }: FileFacts, isDockercfg: boolean): Parsed<DockerLogin> {
  const text = content.replace(/^\ufeff/, '');
  if (text.trim() === '') return understood({ auths: {}, others: {} });
  const parsed = parseStrictJson(text, (path) => NAMES.test(path) || (isDockercfg && path === ''));
  if (!parsed.ok) return parsed;
  const { value, lines } = parsed.value;
  if (!isObject(value)) return notUnderstood(1, 'it is no object in braces');
  const { auths, ...rest } = isDockercfg ? { auths: value } : value;
  if (auths === undefined || auths === null) return understood({ auths: {}, others: rest });
  if (!isObject(auths)) return notUnderstood(lines.get('auths') ?? 1, 'auths is no object in braces');
  const wrong = Object.entries(auths).find(([, entry]) => !isObject(entry));
  if (wrong !== undefined) {
    return notUnderstood(lines.get('auths') ?? 1, `what is said of ${wrong[0]} is no object in braces`);
  }
  return understood({ auths: auths as Readonly<Record<string, JsonObject>>, others: rest });
}

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
