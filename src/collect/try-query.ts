import { MigrateError } from '../core/errors.js';
import type { ExecResult, ReadHost } from '../core/ports.js';

/** A command that there is another way for: undefined when the host does not have it or does not let it through. */
export async function tryQuery(host: ReadHost, argv: readonly string[]): Promise<ExecResult | undefined> {
  try {
    const result = await host.query(argv);
    return result.code === 126 || result.code === 127 ? undefined : result;
  } catch (error) {
    if (error instanceof MigrateError && (error.code === 'failed' || error.code === 'not-found')) return undefined;
    throw error;
  }
}
