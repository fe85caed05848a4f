import { MigrateError } from '../core/errors.js';
import type { ReadContext } from '../core/step.js';

export interface Wait {
  /** Follows "waiting for": `the node to be Ready`. */
  readonly what: string;
  readonly deadlineMs: number;
  readonly everyMs: number;
  /** Undefined when what is waited for is there, else why not yet. Throws when it will never be. */
  readonly look: () => Promise<string | undefined>;
}

/** Waits by looking again and again. Errors: `timeout` with the last reason; `interrupted`. */
export async function until(
  { clock, signal, report }: Pick<ReadContext, 'clock' | 'signal' | 'report'>,
  wait: Wait,
): Promise<void> {
  const deadline = clock.now().getTime() + wait.deadlineMs;
  let told: string | undefined;
  for (;;) {
    if (signal.aborted) throw new MigrateError('interrupted', `interrupted while waiting for ${wait.what}`);
    const reason = await wait.look();
    if (reason === undefined) return;
    if (reason !== told) report((told = reason));
    if (clock.now().getTime() >= deadline) {
      throw new MigrateError('timeout', `waited ${Math.round(wait.deadlineMs / 1000)} s for ${wait.what}: ${reason}`);
    }
    await clock.sleep(wait.everyMs, signal);
  }
}
