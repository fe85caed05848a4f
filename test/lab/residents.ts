import type { LabNode } from './lab-node.js';
import type { OpenLab } from './open-lab.js';
import { podsOn, type PodPrint } from './pods-on.js';
import { waitFor } from './wait-for.js';
import { daemonSet } from './workloads/daemon-set.js';
import { deployment } from './workloads/deployment.js';
import { staticPod } from './workloads/static-pod.js';

/** Every look is a kubectl, and the nodes need the machine more. */
const POLL_MS = 1_000;

/** How many containers run, and how many a pod has: CRI-O gives a sandbox a process only where pods share theirs. */
const COUNT = {
  docker: { script: 'docker ps -q --filter label=io.kubernetes.docker.type | wc -l', ofPod: 2 },
  containerd: { script: 'ctr -n k8s.io tasks ls | grep -c RUNNING || :', ofPod: 2 },
  'cri-o': { script: 'pgrep -c -x conmon || :', ofPod: 1 },
} as const;

export interface Residents {
  /** Until all of them, and no others, run on the node, in containers of one runtime. */
  runOn(runtime: keyof typeof COUNT, deadlineMs?: number): Promise<readonly PodPrint[]>;
}

/**
 * A Deployment of two, a DaemonSet and a static pod that live on one node and nowhere else: what a drain evicts waits
 * for the node to be given back, and nodes of one lab can be migrated side by side.
 */
export async function residents(lab: OpenLab, node: LabNode): Promise<Residents> {
  const spec = { nodeSelector: { 'kubernetes.io/hostname': node.name } };
  const fixed = staticPod('fixed');
  const prefixes = [`${node.name}-web-`, `${node.name}-web-`, `${node.name}-agent-`, `fixed-${node.name}`];

  const runOn: Residents['runOn'] = (runtime, deadlineMs = 120_000) =>
    waitFor(
      `all pods of ${node.name} to run on ${runtime}`,
      deadlineMs,
      async () => {
        const pods = await podsOn(lab.kubectl, node.name);
        const wanting = pods.filter((pod) => !pod.runs || pod.runtime !== runtime);
        if (wanting.length > 0) throw new Error(`not yet: ${wanting.map(({ name }) => name).join(', ')}`);
        const names = pods.map(({ name }) => name);
        for (const prefix of new Set(prefixes)) {
          const wanted = prefixes.filter((one) => one === prefix).length;
          const there = names.filter((name) => name.startsWith(prefix)).length;
          if (there !== wanted) throw new Error(`${there} instead of ${wanted} of ${prefix}`);
        }
        // After a reboot the API server goes on telling for a while what was before.
        const { script, ofPod } = COUNT[runtime];
        const running = Number(await node.exec(script));
        if (running !== ofPod * prefixes.length) throw new Error(`${running} containers and sandboxes run`);
        return pods;
      },
      POLL_MS,
    );

  await node.write(fixed.path, fixed.content, 0o600);
  await lab.apply([deployment(`${node.name}-web`, 2, { spec }), daemonSet(`${node.name}-agent`, { spec })]);
  await runOn('docker');
  return { runOn };
}
