import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/core/ports.js';

export interface VirtualClock extends Clock {
  /** Milliseconds since the clock was made. */
  elapsed(): number;
}

/** A clock on which sleeping takes no time: who sleeps moves it on to when they wake. */
export function virtualClock(): VirtualClock {
  const start = Date.parse('2024-01-01T00:00:00Z');
  let now = start;
  return {
    now: () => new Date(now),
    elapsed: () => now - start,
    async sleep(ms, signal) {
      const until = now + ms;
      await setImmediate();
      if (signal?.aborted !== true) now = Math.max(now, until);
    },
  };
}
