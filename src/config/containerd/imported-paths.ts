import { posix } from 'node:path';
import type { FileFacts } from '../../core/inventory.js';
import type { Schema } from './cri-tables.js';
import { globPattern } from '../text/glob-pattern.js';

/**
 * The files that `imports` names, as containerd finds them: patterns are those with a star, all else is a path. 1.x looks for
 * patterns from its working directory, which systemd makes the root; later ones from the directory of the file, as for paths.
 */
export function importedPaths(
  from: string,
  imports: readonly string[],
  schema: Schema,
  files: Readonly<Record<string, FileFacts>>,
): readonly string[] {
  return imports.flatMap((written) => {
    const isPattern = written.includes('*');
    const base = isPattern && schema === 2 ? '/' : posix.dirname(from);
    const path = posix.resolve(base, written);
    if (!isPattern) return [path];
    const pattern = globPattern(path);
    return Object.keys(files)
      .filter((file) => files[file]?.exists === true && pattern.test(file))
      .sort();
  });
}
