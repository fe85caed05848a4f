import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { MigrateError } from '../core/errors.js';
import { orAbsent } from './or-absent.js';

/** Nothing that anybody configures by hand is longer. */
const LONGEST_FILE_BYTES = 32 * 1024 * 1024;

/**
 * The bytes of a file on this machine's disk; undefined where there is none. A link is not followed, and a FIFO is not waited
 * for. Errors: `input`, naming `title`.
 */
export async function regularFile(path: string, title: string): Promise<Uint8Array | undefined> {
  const opening = open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  const file = await orAbsent(opening, title);
  if (file === undefined) return undefined;
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new MigrateError('input', `${title} is not a file`);
    if (stats.size > LONGEST_FILE_BYTES) {
      throw new MigrateError('input', `${title} is longer than ${LONGEST_FILE_BYTES / 1024 / 1024} MiB`);
    }
    return await orAbsent(file.readFile(), title);
  } finally {
    await file.close();
  }
}
