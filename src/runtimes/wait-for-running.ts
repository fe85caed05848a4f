import { setTimeout as sleep } from 'node:timers/promises';
import { MigrateError } from '../core/errors.js';
import type { CriConnection } from './cri-connection.js';

const DEADLINE_MS = 1_000;
const PAUSE_MS = 20;

/** Waits until a started container runs; one that has ended already will not, and says how it ended. */
export async function waitForRunning(connection: CriConnection, containerId: string): Promise<void> {
  const until = Date.now() + DEADLINE_MS;
  const subject = `${connection.subject}: container ${containerId}`;
  for (;;) {
    const { status } = await connection.call('RuntimeService/ContainerStatus', { containerId });
    if (status?.state === 'CONTAINER_RUNNING') return;
    if (status?.state === 'CONTAINER_EXITED') {
      const why = [status.reason, status.message].filter((text) => text !== '').join(': ');
      throw new MigrateError(
        'failed',
        `${subject} ended at once with exit code ${status.exitCode}${why === '' ? '' : ` (${why})`}`,
      );
    }
    if (Date.now() >= until) {
      const last = status === null ? 'it has no status' : `it is ${status.state}`;
      throw new MigrateError('timeout', `${subject} does not run after ${DEADLINE_MS / 1000} s: ${last}`);
    }
    await sleep(PAUSE_MS);
  }
}
