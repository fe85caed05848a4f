import { setTimeout as sleep } from 'node:timers/promises';

/** Asks every 20 ms until it is so. */
export async function waitUntil(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  deadlineMs = 10_000,
): Promise<void> {
  const until = Date.now() + deadlineMs;
  while (!(await isSo())) {
    if (Date.now() > until) throw new Error(`${what}: not within ${deadlineMs / 1000} s`);
    await sleep(20);
  }
}
