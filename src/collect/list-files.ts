import { posix } from 'node:path';
import type { ReadHost } from '../core/ports.js';
import type { FileReader } from './file-reader.js';
import { followLinks } from './follow-links.js';
import { tryQuery } from './try-query.js';

/** The regular files of a directory, also those that links lead to, with their modes; nothing for a link to nowhere. */
export async function listFiles(
  host: ReadHost,
  files: FileReader,
  dir: string,
): Promise<readonly { readonly name: string; readonly mode: number }[]> {
  const names = await files.list(dir);
  if (names.length === 0) return [];
  const paths = names.map((name) => posix.join(dir, name));
  const result = await tryQuery(host, ['stat', '-L', '-c', '%f %n', '--', ...paths]);
  if (result === undefined) {
    const ends = await Promise.all(paths.map((path) => followLinks(host, path)));
    return names.flatMap((name, index) => {
      const stat = ends[index]?.stat;
      return stat?.type === 'file' ? [{ name, mode: stat.mode }] : [];
    });
  }
  return result.stdout.split('\n').flatMap((line) => {
    const [, bits = '', path = ''] = /^([0-9a-f]+) (.+)$/.exec(line) ?? [];
    const mode = Number.parseInt(bits, 16);
    const regular = (mode & 0o170000) === 0o100000;
    return regular && paths.includes(path) ? [{ name: posix.basename(path), mode: mode & 0o7777 }] : [];
  });
}
