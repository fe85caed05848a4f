import { expect, it } from 'vitest';
import { mapBounded } from '../../src/core/map-bounded.js';

it('keeps the order whatever ends first, and the bound', async () => {
  let now = 0;
  let most = 0;
  const turns = [3, 1, 2, 0, 4];
  const results = await mapBounded(turns, 2, async (count) => {
    most = Math.max(most, ++now);
    for (let turn = 0; turn < count; turn++) await Promise.resolve();
    now--;
    return count * 10;
  });
  expect(results).toEqual([30, 10, 20, 0, 40]);
  expect(most).toBe(2);
});

it('fails with the first failure and begins nothing more', async () => {
  const begun: number[] = [];
  const failing = mapBounded([1, 2, 3, 4, 5, 6], 2, async (item) => {
    begun.push(item);
    await Promise.resolve();
    if (item === 2) throw new Error('two');
  });
  await expect(failing).rejects.toThrow('two');
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun.length).toBeLessThan(6);
});

it('does nothing with nothing', async () => {
  expect(await mapBounded([], 8, () => Promise.reject(new Error('called')))).toEqual([]);
});
