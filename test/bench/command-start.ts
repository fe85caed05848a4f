import { execa } from 'execa';
import type { Benchmark, Pair } from './benchmark.js';

const ROUNDS = 9;
const MIGRATE = new URL('../../bin/migrate.js', import.meta.url).pathname;

export const commandStart: Benchmark = {
  name: 'migrate --version',
  baseline: 'node -e 0',
  limit: 2,
  unit: 's',
  unavailable: () => undefined,
  async measure() {
    await seconds(['-e', '0']);
    await seconds([MIGRATE, '--version']);
    const pairs: Pair[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      pairs.push({ baseline: await seconds(['-e', '0']), ours: await seconds([MIGRATE, '--version']) });
    }
    return pairs;
  },
};

async function seconds(argv: readonly string[]): Promise<number> {
  const { durationMs } = await execa(process.execPath, [...argv], { timeout: 30_000 });
  return durationMs / 1000;
}
