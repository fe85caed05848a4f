import { parseEnvFile } from '../config/text/env-file.js';
import type { FileReader } from './file-reader.js';

/**
 * What environment files of a unit set, the last one counting. One that cannot be read as systemd does sets nothing here: what
 * is wrong with it is said where it is converted.
 */
export async function readVariables(files: FileReader, paths: readonly string[]): Promise<Record<string, string>> {
  const texts = await Promise.all(paths.map((path) => files.text(path)));
  const assignments = texts.flatMap((text) => {
    const parsed = parseEnvFile(text ?? '');
    return parsed.ok ? parsed.value : [];
  });
  return Object.fromEntries(assignments.map(({ name, value }) => [name, value]));
}
