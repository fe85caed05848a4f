import { MigrateError } from '../core/errors.js';

/** The path without slashes at its end. A relative one would mean different files over ssh and here. */
export function absolutePath(path: string): string {
  if (!path.startsWith('/')) throw new MigrateError('bug', `"${path}" is not an absolute path.`);
  return path.replace(/\/+$/, '') || '/';
}
