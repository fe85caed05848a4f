import { setTimeout as sleep } from 'node:timers/promises';
import { MigrateError, messageOf } from '../core/errors.js';
import type { CriConnection } from './cri-connection.js';

/** How long failures are answered with another try; a call that is under way by then may still end well. */
const DEADLINE_MS = 30_000;
const CALL_TIMEOUT_MS = 30_000;
const PAUSE_MS = 250;

/**
 * Stops a sandbox, which gives its network back, and removes it. Removal alone would leak the address, so it is not
 * tried before the stop went well. Both are repeated: a network plugin may be busy, and containerd refuses to remove
 * what it has not seen ending.
 */
export async function removeSandbox(
  connection: CriConnection,
  podSandboxId: string,
  deadlineMs = DEADLINE_MS,
): Promise<void> {
  const until = Date.now() + deadlineMs;
  for (;;) {
    try {
      await connection.call('RuntimeService/StopPodSandbox', { podSandboxId }, CALL_TIMEOUT_MS);
      await connection.call('RuntimeService/RemovePodSandbox', { podSandboxId }, CALL_TIMEOUT_MS);
      return;
    } catch (error) {
      if (error instanceof MigrateError && error.code === 'not-found') return;
      const worthAnother = error instanceof MigrateError && error.code === 'failed';
      if (!worthAnother) throw error;
      if (Date.now() + PAUSE_MS >= until) {
        throw new MigrateError(
          'timeout',
          `${messageOf(error)} (tried for ${deadlineMs / 1000} s to remove sandbox ${podSandboxId})`,
          {
            cause: error,
          },
        );
      }
    }
    await sleep(PAUSE_MS);
  }
}
