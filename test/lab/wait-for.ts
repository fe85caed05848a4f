import { setTimeout as sleep } from 'node:timers/promises';
import { GivenUp } from './given-up.js';

/**
 * Asks again and again until `probe` gives something. A probe that throws, or gives undefined or false, is asked again;
 * what it threw last is the reason in the error when the time is up.
 */
export async function waitFor<T>(
  what: string,
  deadlineMs: number,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  pauseMs = 250,
): Promise<T> {
  const until = Date.now() + deadlineMs;
  let reason = 'no reason was given';
  for (;;) {
    try {
      const value = await probe();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      if (error instanceof GivenUp) throw error;
      reason = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() >= until) throw new Error(`${what}: not within ${deadlineMs / 1000} s: ${reason}`);
    await sleep(pauseMs);
  }
}
