import type { WorldClock } from '../fakes/world-clock.js';

/** The world's time leaps from event to event; what a person watches runs on in between. */
export function smoothTime(clock: WorldClock, pace: number): () => number {
  let seen = clock.now().getTime();
  let seenAt = performance.now();
  let told = seen;
  return () => {
    const now = clock.now().getTime();
    if (now !== seen) [seen, seenAt] = [now, performance.now()];
    const guess = Number.isFinite(pace) ? seen + (performance.now() - seenAt) * pace : seen;
    return (told = Math.max(told, guess));
  };
}
