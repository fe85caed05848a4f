import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, Pair } from './benchmark.js';
import { MANIFESTS, MANIFESTS_A_FINDING, manyManifests } from './many-manifests.js';
import { peakRun, type PeakRun } from './peak-run.js';

const ROUNDS = 5;
const LIMIT_MB = 250;
const MIGRATE = new URL('../../bin/migrate.js', import.meta.url).pathname;

/** What reading the same files and looking for one word in them takes. */
const BARE = `
import { readdirSync, readFileSync } from 'node:fs';
let found = 0;
const walk = (folder) => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = folder + '/' + entry.name;
    if (entry.isDirectory()) walk(path);
    else if (readFileSync(path).includes('docker.sock')) found += 1;
  }
};
walk(process.argv[2]);
console.log(found);
`;

async function withManifests<T>(use: (manifests: string, bare: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'migrate-bench-'));
  try {
    const manifests = join(folder, 'manifests');
    manyManifests(manifests);
    writeFileSync(join(folder, 'bare.mjs'), BARE);
    return await use(manifests, join(folder, 'bare.mjs'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function scan(manifests: string): Promise<PeakRun> {
  const run = await peakRun([MIGRATE, 'scan', manifests, '--format', 'json']);
  const { findings } = JSON.parse(run.stdout) as { findings: { ruleId: string }[] };
  const sockets = findings.filter(({ ruleId }) => ruleId === 'docker-sock').length;
  if (sockets !== MANIFESTS / MANIFESTS_A_FINDING) throw new Error(`the scan found ${sockets} sockets`);
  return run;
}

export const scanFiles: Benchmark = {
  name: 'scan of 10,000 manifests',
  baseline: 'a bare program that looks for one word in them',
  limit: 2,
  unit: 's',
  unavailable: () => undefined,
  measure: () =>
    withManifests(async (manifests, bare) => {
      await peakRun([bare, manifests]);
      await scan(manifests);
      const pairs: Pair[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        pairs.push({ baseline: (await peakRun([bare, manifests])).seconds, ours: (await scan(manifests)).seconds });
      }
      return pairs;
    }),
};

export const scanFilesMemory: Benchmark = {
  name: 'peak memory of a scan of 10,000 manifests',
  baseline: `${LIMIT_MB} MB`,
  limit: 1,
  unit: 'MB',
  unavailable: () => undefined,
  measure: () => withManifests(async (manifests) => [{ ours: (await scan(manifests)).maxMb, baseline: LIMIT_MB }]),
};
