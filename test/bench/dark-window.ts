import type { Lab } from '../lab/lab.js';
import type { LabNode } from '../lab/lab-node.js';
import { waitFor } from '../lab/wait-for.js';
import { daemonSet } from '../lab/workloads/daemon-set.js';
import { staticPod } from '../lab/workloads/static-pod.js';
import type { Benchmark, Pair } from './benchmark.js';
import { labMissing } from './lab-missing.js';
import { runMigrate } from './run-migrate.js';

const ROUNDS = 3;

/** `lab` is started by the caller and shared between benchmarks. */
export const darkWindow = (lab: () => Promise<Lab>): Benchmark => ({
  name: 'dark window of a migration',
  baseline: 'the kubelet alone, started on a prepared containerd until Ready',
  limit: 1.3,
  unit: 's',
  unavailable: labMissing,
  async measure() {
    const cluster = await lab();
    const node = await cluster.addNode('dark');
    await cluster.apply(daemonSet('agent', { stubborn: true }));
    const pod = staticPod('web', { stubborn: true });
    await node.write(pod.path, pod.content);
    await waitFor('the pods of the node', 60_000, async () => {
      const running = await node.exec([
        'docker',
        'ps',
        '--quiet',
        '--filter',
        'label=io.kubernetes.docker.type=container',
      ]);
      if (running.trim().split('\n').length < 2) throw new Error('not both of its containers run');
      return true;
    });
    const pairs: Pair[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { result } = await runMigrate(cluster, ['node', 'dark', '--yes', '--format', 'json']);
      if (result.darkMs === null) throw new Error(`the migration told no dark window: ${result.errors.join('; ')}`);
      pairs.push({ ours: result.darkMs / 1000, baseline: await kubeletAlone(cluster, node) });
      await runMigrate(cluster, ['rollback', 'dark', '--yes', '--format', 'json']);
      await node.waitReady();
    }
    await node.remove();
    return pairs;
  },
});

/** From the start of a stopped kubelet until the API server has a Ready of it that is new. */
async function kubeletAlone(lab: Lab, node: LabNode): Promise<number> {
  await node.exec(['systemctl', 'stop', 'kubelet']);
  const before = await heartbeat(lab, node);
  const began = performance.now();
  await node.exec(['systemctl', 'start', 'kubelet']);
  await waitFor(
    'a new Ready of the kubelet',
    60_000,
    async () => {
      const now = await heartbeat(lab, node);
      if (now.status !== 'True' || now.at === before.at) throw new Error(`Ready is ${now.status} since ${now.at}`);
      return true;
    },
    100,
  );
  return (performance.now() - began) / 1000;
}

async function heartbeat(lab: Lab, node: LabNode): Promise<{ status: string; at: string }> {
  const path = '{range .status.conditions[?(@.type=="Ready")]}{.status} {.lastHeartbeatTime}{end}';
  const [status = '', at = ''] = (await lab.kubectl(['get', 'node', node.name, '-o', `jsonpath=${path}`])).split(' ');
  return { status, at };
}
