import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Clock } from '../../src/core/ports.js';

/** Time that passes only while somebody sleeps, and then at once, or at a pace to be watched. */
export interface WorldClock extends Clock {
  elapsedMs(): number;
  /** How many times faster than real time it goes from now on. */
  setPace(pace: number): void;
  /** Work of the world's own, done when its time comes; returns what calls it off. It never makes time pass by itself. */
  after(ms: number, work: () => void | Promise<void>): () => void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly work: () => void | Promise<void>;
  readonly isSleeper: boolean;
}

const START = Date.parse('2024-05-01T12:00:00Z');

/** It goes infinitely fast until it is told a pace. */
export function worldClock(): WorldClock {
  let pace = Infinity;
  let now = START;
  let order = 0;
  let timers: Timer[] = [];
  let sleepers = 0;
  let running = false;

  function add(ms: number, work: Timer['work'], isSleeper: boolean): () => void {
    const timer: Timer = { at: now + Math.max(0, ms), order: (order += 1), work, isSleeper };
    const index = timers.findIndex(({ at }) => at > timer.at);
    timers.splice(index === -1 ? timers.length : index, 0, timer);
    if (isSleeper) sleepers += 1;
    return () => {
      if (timers.includes(timer) && isSleeper) sleepers -= 1;
      timers = timers.filter((one) => one !== timer);
    };
  }

  /** All that can go on without time passing has gone on when an immediate comes. */
  async function run(): Promise<void> {
    running = true;
    await setImmediate();
    while (sleepers > 0) {
      const [timer] = timers;
      if (timer === undefined) break;
      if (Number.isFinite(pace) && timer.at > now) await setTimeout((timer.at - now) / pace);
      if (timers[0] !== timer) continue;
      timers.shift();
      if (timer.isSleeper) sleepers -= 1;
      now = Math.max(now, timer.at);
      void timer.work();
      await setImmediate();
    }
    running = false;
  }

  return {
    now: () => new Date(now),
    elapsedMs: () => now - START,
    setPace: (next) => void (pace = next),
    after: (ms, work) => add(ms, work, false),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const wake = (): void => {
          callOff();
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const callOff = add(ms, wake, true);
        signal?.addEventListener('abort', wake);
        if (!running) void run();
      }),
  };
}
