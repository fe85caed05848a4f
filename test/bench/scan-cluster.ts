import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { Lab } from '../lab/lab.js';
import { PODS_A_SOCKET } from '../lab/populate.js';
import type { Benchmark, Pair } from './benchmark.js';
import { labMissing } from './lab-missing.js';
import { peakRun, type PeakRun } from './peak-run.js';

const NODES = 5000;
const PODS = 150_000;
const SHARE = 5;
const LIMIT_MB = 300;
const LAB_ID = 7;
const MIGRATE = new URL('../../bin/migrate.js', import.meta.url).pathname;

/** What listing every page and parsing it takes. */
const BARE = `
import { readFileSync } from 'node:fs';
import https from 'node:https';
const { server, ca, cert, key } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const agent = new https.Agent({ keepAlive: true, ca, cert, key });
const get = (path) => new Promise((resolve, reject) => {
  https.get(server + path, { agent }, (response) => {
    const chunks = [];
    response.on('data', (chunk) => chunks.push(chunk));
    response.on('end', () => resolve(Buffer.concat(chunks).toString()));
  }).on('error', reject);
});
let pods = 0;
let next = '';
do {
  const page = JSON.parse(await get('/api/v1/pods?limit=500' + (next && '&continue=' + encodeURIComponent(next))));
  pods += page.items.length;
  next = page.metadata.continue ?? '';
} while (next !== '');
console.log(pods);
agent.destroy();
`;

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: Record<string, string> }];
  readonly users: readonly [{ readonly user: Record<string, string> }];
}

interface Measured {
  readonly pairs: readonly Pair[];
  readonly whole: PeakRun;
  /** With a fifth of the nodes and pods. */
  readonly fifth: PeakRun;
}

async function scan(kubeconfig: string, pods: number): Promise<PeakRun> {
  const run = await peakRun([MIGRATE, 'scan', '--cluster', '--kubeconfig', kubeconfig, '--format', 'json']);
  const { findings, summary } = JSON.parse(run.stdout) as { findings: { ruleId: string }[]; summary: { pods: number } };
  const sockets = findings.filter(({ ruleId }) => ruleId === 'docker-sock').length;
  if (summary.pods !== pods) throw new Error(`the scan saw ${summary.pods} pods`);
  if (sockets !== Math.ceil(pods / PODS_A_SOCKET)) throw new Error(`the scan found ${sockets} sockets`);
  return run;
}

let measured: Promise<Measured> | undefined;

async function measure(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'migrate-bench-'));
  const lab = await Lab.start(LAB_ID);
  try {
    const { clusters, users } = load(readFileSync(lab.kubeconfig, 'utf8')) as Kubeconfig;
    const read = (part: Record<string, string>, name: string): string =>
      part[`${name}-data`] === undefined
        ? readFileSync(part[name] ?? '', 'utf8')
        : Buffer.from(part[`${name}-data`] ?? '', 'base64').toString();
    const [{ cluster }] = clusters;
    const [{ user }] = users;
    writeFileSync(join(folder, 'bare.mjs'), BARE);
    writeFileSync(
      join(folder, 'access.json'),
      JSON.stringify({
        server: cluster['server'],
        ca: read(cluster, 'certificate-authority'),
        cert: read(user, 'client-certificate'),
        key: read(user, 'client-key'),
      }),
      { mode: 0o600 },
    );
    const bare = (): Promise<PeakRun> => peakRun([join(folder, 'bare.mjs'), join(folder, 'access.json')]);

    await lab.populate(NODES / SHARE, PODS / SHARE);
    const fifth = await scan(lab.kubeconfig, PODS / SHARE);
    await lab.populate(NODES, PODS);
    await bare();
    const pairs: Pair[] = [];
    let whole = fifth;
    for (let round = 0; round < 3; round += 1) {
      const baseline = (await bare()).seconds;
      whole = await scan(lab.kubeconfig, PODS);
      pairs.push({ baseline, ours: whole.seconds });
    }
    return { pairs, whole, fifth };
  } finally {
    await lab.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const once = (): Promise<Measured> => (measured ??= measure());

export const scanCluster: Benchmark = {
  name: 'scan of 150,000 pods on 5,000 nodes',
  baseline: 'a bare loop that lists and parses the pods',
  limit: 1.5,
  unit: 's',
  unavailable: labMissing,
  measure: async () => (await once()).pairs,
};

export const scanClusterMemory: Benchmark = {
  name: 'peak memory of a scan of 150,000 pods',
  baseline: `${LIMIT_MB} MB`,
  limit: 1,
  unit: 'MB',
  unavailable: labMissing,
  measure: async () => [{ ours: (await once()).whole.maxMb, baseline: LIMIT_MB }],
};

export const scanClusterGrowth: Benchmark = {
  name: 'memory of that scan, beside one of a fifth of the pods',
  baseline: 'a scan of 30,000 pods',
  limit: 1.25,
  unit: 'MB',
  unavailable: labMissing,
  measure: async () => {
    const { whole, fifth } = await once();
    return [{ ours: whole.maxMb, baseline: fifth.maxMb }];
  },
};

export const scanClusterProportion: Benchmark = {
  name: 'time of that scan a pod, beside one of a fifth of the pods',
  baseline: 'a scan of 30,000 pods, times five',
  limit: 1.25,
  unit: 's',
  unavailable: labMissing,
  measure: async () => {
    const { whole, fifth } = await once();
    return [{ ours: whole.seconds, baseline: SHARE * fifth.seconds }];
  },
};
