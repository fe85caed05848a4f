import { MigrateError, messageOf } from '../core/errors.js';

/**
 * What was looked for on this machine's disk, or undefined where it is not there: a path through what is no directory leads
 * nowhere, just as one through what does not exist. Errors: `input`, naming `title`.
 */
export async function orAbsent<T>(looking: Promise<T>, title: string): Promise<T | undefined> {
  try {
    return await looking;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const reason = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : messageOf(cause);
    throw new MigrateError('input', `${title} cannot be read: ${reason}`, { cause });
  }
}
