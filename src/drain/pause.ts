import type { DrainRun } from './drain-run.js';

/** Sleeps, but not past the deadline; false when there is no time left or no one who wants to wait. */
export async function pause(
  { clock, deadline, signal }: Pick<DrainRun, 'clock' | 'deadline' | 'signal'>,
  ms: number,
): Promise<boolean> {
  const left = deadline === undefined ? Infinity : deadline.getTime() - clock.now().getTime();
  if (left <= 0 || signal.aborted) return false;
  // A clock may answer an abort by throwing.
  await clock.sleep(Math.min(ms, left), signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return !signal.aborted;
}
