import { MigrateError, messageOf } from '../core/errors.js';
import type { ReadHost } from '../core/ports.js';
import { duplicateKey } from './duplicate-key.js';
import type { FileReader } from './file-reader.js';
import { redactSecrets } from '../core/redact-secrets.js';

/** Docker's configuration file; an empty object where there is none. Errors: `input` for one that cannot be understood for certain. */
export async function daemonJson(
  host: ReadHost,
  files: FileReader,
  path: string,
): Promise<Readonly<Record<string, unknown>>> {
  const file = await files.read(path);
  if (file === undefined) return {};
  const wrong = (reason: string): MigrateError => new MigrateError('input', `${path} on ${host.name} ${reason}`);
  if (file.kind !== 'file') throw wrong('is not a configuration file');
  const text = decoded(file.bytes);
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(redactSecrets(text));
  } catch (error) {
    throw wrong(`is not valid JSON: ${messageOf(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('is not a JSON object');
  const twice = duplicateKey(text);
  if (twice !== undefined) throw wrong(`says ${JSON.stringify(twice)} twice, and which one counts is not certain`);
  return value as Record<string, unknown>;
}

/** Windows' editors leave byte order marks, and newer dockerds accept them. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}
