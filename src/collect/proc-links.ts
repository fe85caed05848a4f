import { MigrateError } from '../core/errors.js';
import type { ReadHost } from '../core/ports.js';

export interface ProcLink {
  readonly pid: number;
  /** What it leads to: `socket:[4711]`, `net:[4026531840]`. */
  readonly target: string;
}

/**
 * The links below `/proc/<pid>` that match, of all processes: `fd/*` their open files, `ns/net` their network namespaces.
 * Errors: `not-found` without find, `denied` for who may not look at the processes of others.
 */
export async function procLinks(host: ReadHost, pattern: string, target: string): Promise<readonly ProcLink[]> {
  const matching = ['-path', `/proc/[0-9]*/${pattern}`, '-lname', target, '-printf', '%P %l\\n'];
  const { code, stdout, stderr } = await host.query(['find', '/proc', '-maxdepth', '3', ...matching]);
  if (code === 127) throw new MigrateError('not-found', `${host.name} has no command find`);
  // Of processes that end meanwhile it says that there is no such file; some let not even root look.
  if (/\/proc\/1\/\S*: Permission denied/.test(stderr)) {
    throw new MigrateError('denied', `only root can see what the processes on ${host.name} hold open`);
  }
  return stdout.split('\n').flatMap((line) => {
    const [, pid, to] = /^(\d+)\/\S+ (.+)$/.exec(line) ?? [];
    return pid === undefined || to === undefined ? [] : [{ pid: Number(pid), target: to }];
  });
}
