import { posix } from 'node:path';
import type { FileReader } from './file-reader.js';

const DEEPEST = 5;

/** Every file below a directory, at any depth that somebody would use. */
export async function filesBelow(files: FileReader, dir: string, depth = 1): Promise<readonly string[]> {
  const paths = (await files.list(dir)).map((name) => posix.join(dir, name));
  const found = await Promise.all(
    paths.map(async (path) => {
      const file = await files.read(path);
      if (file?.kind !== 'other') return [path];
      // Sockets and the like have nothing below them.
      return depth < DEEPEST ? await filesBelow(files, path, depth + 1).catch(() => []) : [];
    }),
  );
  return found.flat();
}
