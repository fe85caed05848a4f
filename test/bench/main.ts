import { Lab } from '../lab/lab.js';
import { median, type Benchmark } from './benchmark.js';
import { commandStart } from './command-start.js';
import { darkWindow } from './dark-window.js';
import { imageCarryOver } from './image-carry-over.js';
import { memory } from './memory.js';
import { scanCluster, scanClusterGrowth, scanClusterMemory, scanClusterProportion } from './scan-cluster.js';
import { scanFiles, scanFilesMemory } from './scan-files.js';

let started: Promise<Lab> | undefined;
const lab = (): Promise<Lab> => (started ??= Lab.start(Number(process.env['LAB_ID'] ?? 0)));

const benchmarks: readonly Benchmark[] = [
  commandStart,
  scanFiles,
  scanFilesMemory,
  memory(lab),
  darkWindow(lab),
  imageCarryOver(lab),
  scanCluster,
  scanClusterMemory,
  scanClusterGrowth,
  scanClusterProportion,
];
const wanted = process.argv.slice(2);

let missed = 0;
try {
  for (const benchmark of benchmarks.filter(
    ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
  )) {
    const { name, baseline, limit, unit, unavailable, measure } = benchmark;
    const why = unavailable();
    if (why !== undefined) {
      process.stdout.write(`skipped  ${name}: ${why}\n`);
      continue;
    }
    const pairs = await measure();
    const ratio = median(pairs.map((pair) => pair.ours / pair.baseline));
    const ours = median(pairs.map((pair) => pair.ours));
    const theirs = median(pairs.map((pair) => pair.baseline));
    if (ratio > limit) missed += 1;
    const verdict = ratio > limit ? 'MISSED ' : 'met    ';
    process.stdout.write(
      `${verdict}  ${name}: ${ratio.toFixed(2)} of "${baseline}", at most ${limit} (medians ${ours.toFixed(2)} ${unit} and ${theirs.toFixed(2)} ${unit}, ${pairs.length} pairs)\n`,
    );
  }
} finally {
  await (await started)?.stop();
}
process.exitCode = missed > 0 ? 1 : 0;
