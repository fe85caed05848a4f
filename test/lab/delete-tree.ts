import { mustRun } from './must-run.js';
import { waitFor } from './wait-for.js';

/** Deletes a folder; again while a copy that outlived an interrupted run still writes into it. */
export async function deleteTree(dir: string): Promise<void> {
  await waitFor(`the deletion of ${dir}`, 60_000, async () => {
    await mustRun(['rm', '-rf', '--one-file-system', dir], { timeoutMs: 120_000 });
    return true;
  });
}
