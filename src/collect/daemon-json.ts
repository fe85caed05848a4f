import { parseDaemonJson } from '../config/docker/parse-daemon-json.js';
import { decodedText } from '../core/decoded-text.js';
import { MigrateError } from '../core/errors.js';
import type { ReadHost } from '../core/ports.js';
import { hideSecrets } from '../core/secret-markers.js';
import type { FileReader } from './file-reader.js';

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
  const parsed = parseDaemonJson(hideSecrets(decodedText(file.bytes), path));
  if (!parsed.ok) throw wrong(`is not understood, line ${parsed.line}: ${parsed.reason}`);
  return parsed.value.settings;
}
