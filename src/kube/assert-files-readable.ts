import { access, constants } from 'node:fs/promises';
import { MigrateError } from '../core/errors.js';

/** Fails with the name of the first file that a kubeconfig points to and that cannot be read. */
export async function assertFilesReadable(
  kubeconfig: string,
  files: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  for (const [field, path] of Object.entries(files)) {
    if (path === undefined) continue;
    await access(path, constants.R_OK).catch((cause: unknown) => {
      const why = (cause as NodeJS.ErrnoException).code === 'EACCES' ? 'may not be read' : 'does not exist';
      throw new MigrateError('input', `${field} of kubeconfig ${kubeconfig} is ${path}, which ${why}`, { cause });
    });
  }
}
