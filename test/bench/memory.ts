import type { Lab } from '../lab/lab.js';
import type { Benchmark } from './benchmark.js';
import { labMissing } from './lab-missing.js';
import { runMigrate } from './run-migrate.js';

const LIMIT_MB = 200;

export const memory = (lab: () => Promise<Lab>): Benchmark => ({
  name: "peak memory of the workstation's process in a migration",
  baseline: `${LIMIT_MB} MB`,
  limit: 1,
  unit: 'MB',
  unavailable: labMissing,
  async measure() {
    const cluster = await lab();
    const node = await cluster.addNode('memory');
    const { maxMb } = await runMigrate(cluster, ['node', 'memory', '--yes', '--format', 'json']);
    await node.remove();
    return [{ ours: maxMb, baseline: LIMIT_MB }];
  },
});
