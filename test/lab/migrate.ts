import type { NodeResult } from '../../src/core/events.js';
import type { MigrateEnd } from './start-migrate.js';
import { startMigrate } from './start-migrate.js';

export interface MigrateRun extends MigrateEnd {
  /** What `--format json` printed. */
  readonly result: () => NodeResult;
}

/** Runs the command to its end, whatever its exit code. */
export async function migrate(
  lab: { readonly kubeconfig: string; readonly sshConfig: string },
  ...args: readonly string[]
): Promise<MigrateRun> {
  const end = await (await startMigrate(lab, args)).ended;
  return { ...end, result: () => resultOf(end) };
}

/** The one object on stdout; all that was said on the way is in the error when there is none. */
export function resultOf({ exitCode, stdout, stderr }: MigrateEnd): NodeResult {
  try {
    return JSON.parse(stdout) as NodeResult;
  } catch (cause) {
    throw new Error(`no result, exit code ${exitCode}:\n${stdout}\n${stderr}`, { cause });
  }
}
