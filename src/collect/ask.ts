import { MigrateError } from '../core/errors.js';
import type { ExecOptions, ReadHost } from '../core/ports.js';

/** The output of a reading command that has to succeed. Errors: `not-found` where the host has no such command, else `failed`. */
export async function ask(host: ReadHost, argv: readonly string[], options: ExecOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await host.query(argv, options);
  if (code === 0) return stdout;
  const command = argv.slice(0, 2).join(' ');
  if (code === 127) throw new MigrateError('not-found', `${host.name} has no command ${argv[0] ?? ''}`);
  const lastWords = stderr.trim().split('\n').at(-1) || 'no message';
  throw new MigrateError('failed', `${command} on ${host.name} ended with ${code}: ${lastWords}`);
}
