import { lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { MigrateError, messageOf } from '../core/errors.js';

export interface FileToWrite {
  /** Absolute, on the node: `/etc/containerd/config.toml`. */
  readonly path: string;
  readonly mode: number;
  readonly content: string;
}

/**
 * Writes files below a folder at their paths, and nothing beside it: no link is followed there. Either all can be written or
 * nothing is. Errors: `input` for a file that is there with another content and not to be overwritten, and for what is in the way.
 */
export async function writeUnder(dir: string, files: readonly FileToWrite[], overwrite: boolean): Promise<void> {
  try {
    const inTheWay = (await Promise.all(files.map((file) => obstacle(dir, file, overwrite)))).flatMap(
      (one) => one ?? [],
    );
    const [first] = inTheWay;
    if (first !== undefined) {
      const others = inTheWay.length > 1 ? `, and so it is with ${inTheWay.length - 1} more` : '';
      throw new MigrateError('input', `nothing was written under ${dir}: ${first.why}${others}`, { hint: first.hint });
    }
    for (const file of files) await writeOne(join(dir, posix.normalize(file.path)), file);
  } catch (error) {
    if (error instanceof MigrateError) throw error;
    throw new MigrateError('input', `the files cannot be written under ${dir}: ${messageOf(error)}`, { cause: error });
  }
}

/** Why a file cannot be written, if it cannot. */
async function obstacle(dir: string, { path, content }: FileToWrite, overwrite: boolean) {
  const normal = posix.normalize(path);
  if (!posix.isAbsolute(path) || path.split('/').includes('..')) {
    throw new MigrateError('bug', `${path} is to be written, and is no absolute path.`);
  }
  const parts = normal.split('/').slice(1);
  for (const [index] of parts.entries()) {
    const here = join(dir, ...parts.slice(0, index + 1));
    const stats = await statsOf(here);
    if (stats === undefined) return undefined;
    const last = index === parts.length - 1;
    if (last ? !stats.isFile() : !stats.isDirectory()) {
      const why = `${here} is ${stats.isSymbolicLink() ? 'a link' : last ? 'no file' : 'no folder'}`;
      return { why, hint: 'Name another folder with -o, or move it away.' };
    }
    if (last && !overwrite && (await readFile(here, 'utf8')) !== content) {
      return {
        why: `${here} is there with another content`,
        hint: 'Name another folder with -o, or overwrite with --force.',
      };
    }
  }
  return undefined;
}

/** In the same way as on a node: a new file, with its mode from the start, renamed into its place. */
async function writeOne(path: string, { content, mode }: FileToWrite): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.migrate-new`;
  await rm(beside, { force: true });
  const file = await open(beside, 'wx', mode);
  try {
    await file.chmod(mode); // the umask takes bits away
    await file.writeFile(content);
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

async function statsOf(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
