import { describe, expect, it } from 'vitest';
import { limited } from '../../src/hosts/limited.js';

describe('limited', () => {
  it('runs at most so many at a time, in order, and goes on after failures', async () => {
    const inTurn = limited(3);
    const started: number[] = [];
    const finish: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const all = Array.from({ length: 10 }, (_, index) =>
      inTurn(async () => {
        started.push(index);
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => finish.push(resolve));
        running -= 1;
        if (index % 2 === 0) throw new Error(`no ${index}`);
        return index;
      }),
    );
    const settled = Promise.allSettled(all);
    expect(started).toEqual([0, 1, 2]);
    for (let ended = 0; ended < 10; ended += 1) {
      while (finish.length === 0) await Promise.resolve();
      finish.shift()?.();
    }
    expect((await settled).map((one) => one.status)).toEqual(
      Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? 'rejected' : 'fulfilled')),
    );
    expect(started).toEqual([...started].sort((a, b) => a - b));
    expect(most).toBe(3);
  });
});
