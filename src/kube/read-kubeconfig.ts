import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { MigrateError, messageOf } from '../core/errors.js';
import { kubeconfigSchema, type Kubeconfig } from './kubeconfig-schema.js';

/** One kubeconfig file; undefined when it does not exist. */
export async function readKubeconfig(path: string): Promise<Kubeconfig | undefined> {
  let source: string;
  try {
    source = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const why = code === 'EACCES' ? 'permission denied' : code === 'EISDIR' ? 'it is a directory' : messageOf(error);
    throw new MigrateError('input', `kubeconfig ${path} cannot be read: ${why}`, { cause: error });
  }

  const document = parseDocument(source);
  const broken = document.errors[0];
  if (broken !== undefined) {
    // Without the excerpt that follows the first line: it may hold a token.
    const [what = ''] = broken.message.split(/ at line|\n/);
    const at = broken.linePos?.[0].line;
    throw new MigrateError(
      'input',
      `kubeconfig ${path} is not valid YAML${at === undefined ? '' : ` (line ${at})`}: ${what}`,
    );
  }
  const parsed = kubeconfigSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new MigrateError('input', `kubeconfig ${path} is not a kubeconfig: ${where}${issue?.message ?? 'no object'}`);
}
