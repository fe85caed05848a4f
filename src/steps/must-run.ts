import { MigrateError } from '../core/errors.js';
import type { ExecOptions, ExecResult, Host } from '../core/ports.js';

/** Runs a command that has to succeed. Errors: `failed` with the command's own last words. */
export async function mustRun(host: Host, argv: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
  const result = await host.run(argv, options);
  if (result.code === 0) return result;
  const words = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-3).join(' | ');
  throw new MigrateError(
    'failed',
    `${argv.slice(0, 3).join(' ')} on ${host.name} ended with ${result.code}: ${words || 'no output'}`,
  );
}
