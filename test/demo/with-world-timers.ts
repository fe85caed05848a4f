import type { WorldClock } from '../fakes/world-clock.js';

/** Intervals that are begun during `work` tick by the world's time: the engine sends its signs of life by one. */
export async function withWorldTimers<T>(clock: WorldClock, work: () => Promise<T>): Promise<T> {
  const { setInterval: realSet, clearInterval: realClear } = globalThis;
  const on = new Set<unknown>();
  const set = (tick: () => void, ms: number): object => {
    const interval = { unref: () => interval };
    const beat = (): void => {
      if (!on.has(interval)) return;
      tick();
      clock.after(ms, beat);
    };
    on.add(interval);
    clock.after(ms, beat);
    return interval;
  };
  const clear = (interval: unknown): void => {
    if (!on.delete(interval)) realClear(interval as NodeJS.Timeout | undefined);
  };
  Object.assign(globalThis, { setInterval: set, clearInterval: clear });
  try {
    return await work();
  } finally {
    Object.assign(globalThis, { setInterval: realSet, clearInterval: realClear });
  }
}
