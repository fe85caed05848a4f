import { MigrateError, messageOf } from '../core/errors.js';
import type { ClusterAccess } from './cluster-access.js';

/** Why there are no credentials to present. */
export function credentialError(error: unknown, { user, userName, file }: ClusterAccess): MigrateError {
  if (error instanceof MigrateError) return error;
  const whose = `user "${userName}" of kubeconfig ${file}`;
  const plugin = user.exec?.command;
  if (plugin !== undefined) {
    const hint = user.exec?.installHint;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES') {
      const why = code === 'ENOENT' ? 'is not installed (or not in PATH)' : 'may not be executed';
      return new MigrateError('denied', `the credential plugin ${plugin} of ${whose} ${why}`, {
        cause: error,
        hint: hint ?? `install ${plugin}, or use a kubeconfig with a client certificate`,
      });
    }
    // The plugin's own words, its first lines: the last resort for "please log in".
    const said = messageOf(error).trim().split('\n').slice(0, 3).join(' ').slice(0, 300);
    return new MigrateError(
      'denied',
      `the credential plugin ${plugin} of ${whose} failed: ${said || 'it says nothing'}`,
      {
        cause: error,
        ...(hint === undefined ? {} : { hint }),
      },
    );
  }
  return new MigrateError('denied', `the credentials of ${whose} cannot be had: ${messageOf(error)}`, { cause: error });
}
