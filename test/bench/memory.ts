import { labAvailable } from '../lab/lab-available.js';
import type { Lab } from '../lab/lab.js';
import type { Benchmark } from './benchmark.js';
import { runMigrate } from './run-migrate.js';

const LIMIT_MB = 200;

export const memory = (lab: () => Promise<Lab>): Benchmark => ({
  name: "peak memory of the workstation's process in a migration",
  baseline: `${LIMIT_MB} MB`,
  limit: 1,
  unit: 'MB',
  unavailable() {
    const available = labAvailable();
    return available.ok ? undefined : available.why;
  },
  async measure() {
    const cluster = await lab();
    const node = await cluster.addNode('memory');
    const { maxMb } = await runMigrate(cluster, ['node', 'memory', '--yes', '--format', 'json']);
    await node.remove();
    return [{ ours: maxMb, baseline: LIMIT_MB }];
  },
});
