import { beforeAll, describe, expect, it } from 'vitest';
import { IMAGES } from './images.js';
import type { Fingerprint } from './fingerprint.js';
import type { LabNode } from './lab-node.js';
import { labSuite } from './lab-suite.js';
import { migrate } from './migrate.js';
import { nodeObject } from './node-object.js';
import { podsOn } from './pods-on.js';
import { residents, type Residents } from './residents.js';
import { runningContainers, type ContainerPrint } from './running-containers.js';
import { waitFor } from './wait-for.js';
import { deployment } from './workloads/deployment.js';
import { podDisruptionBudget } from './workloads/pod-disruption-budget.js';

const JSON_RESULT = ['--yes', '--format', 'json'] as const;
const SETUP_MS = 300_000;

labSuite("migrate node, with what is not the node's own to move", (lab) => {
  /** A node with pods, and a container beside them that only an administrator knows. */
  const withForeign = async (name: string) => {
    const node = await lab().addNode(name);
    const pods = await residents(lab(), node);
    const obedient = "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done";
    await node.exec(['docker', 'run', '-d', '--name', 'legacy-db', IMAGES.app, 'sh', '-c', obedient]);
    const foreign = (await runningContainers(node))['legacy-db'] ?? expect.fail('legacy-db does not run');
    return { node, pods, foreign, before: await node.fingerprint() };
  };

  describe.concurrent('a container that Kubernetes does not own', () => {
    let node: LabNode;
    let pods: Residents;
    let before: Fingerprint;
    let foreign: ContainerPrint;

    beforeAll(async () => {
      ({ node, pods, before, foreign } = await withForeign('c1'));
    }, SETUP_MS);

    it.sequential('blocks the plan and the migration, by its name', async () => {
      const containers = await runningContainers(node);
      const nodeBefore = await nodeObject(lab().kubectl, 'c1');
      const plan = await migrate(lab(), 'plan', 'c1');
      expect(plan.exitCode, plan.stderr).toBe(4);
      expect(plan.stdout).toMatch(/blocker.*foreign-containers[\s\S]*legacy-db/);
      const run = await migrate(lab(), 'node', 'c1', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(4);
      expect(run.result()).toMatchObject({ outcome: 'blocked', steps: [] });
      expect(run.result().errors.join('\n')).toContain('legacy-db');

      expect(await node.fingerprint()).toEqual(before);
      expect(await nodeObject(lab().kubectl, 'c1')).toEqual(nodeBefore);
      expect(await runningContainers(node)).toEqual(containers);
    });

    it.sequential('goes on running through the migration with --keep-docker', async () => {
      const run = await migrate(lab(), 'node', 'c1', '--keep-docker', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(0);
      expect(run.result()).toMatchObject({ outcome: 'migrated', to: expect.stringMatching(/^containerd:/) });
      await pods.runOn('containerd');
      expect(await runningContainers(node)).toEqual({ 'legacy-db': foreign });
      const { units } = await node.fingerprint();
      expect(units['docker.service']).toEqual(before.units['docker.service']);
      expect(units['docker.socket']).toEqual(before.units['docker.socket']);
    });

    it.sequential('goes on running through the rollback of that', async () => {
      const run = await migrate(lab(), 'rollback', 'c1', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(0);
      expect(await node.fingerprint()).toEqual(before);
      await pods.runOn('docker');
      expect((await runningContainers(node))['legacy-db']).toEqual(foreign);
    });
  });

  describe.concurrent('a container that may be stopped', () => {
    it.sequential('is stopped with --stop-foreign, and started again by the rollback', async () => {
      const { node, pods, before, foreign } = await withForeign('c5');
      const pid = (await node.exec(['docker', 'inspect', '--format', '{{.State.Pid}}', 'legacy-db'])).trim();
      const run = await migrate(lab(), 'node', 'c5', '--stop-foreign', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(0);
      await pods.runOn('containerd');
      expect(await node.exists(`/proc/${pid}`)).toBe(false);
      const { units } = await node.fingerprint();
      expect(units['docker.service']).toMatchObject({ enabled: 'masked', active: 'inactive' });

      const back = await migrate(lab(), 'rollback', 'c5', ...JSON_RESULT);
      expect(back.exitCode, back.stderr).toBe(0);
      const again = (await runningContainers(node))['legacy-db'];
      expect(again?.id).toBe(foreign.id);
      expect(again?.startedAt).not.toBe(foreign.startedAt);
      expect(await node.fingerprint()).toEqual(before);
      await pods.runOn('docker');
    });
  });

  describe.concurrent('a cordon', () => {
    it.sequential('that was there before is there afterwards, and after a rollback', async () => {
      const node = await lab().addNode('c2');
      const pods = await residents(lab(), node);
      await lab().kubectl(['cordon', 'c2']);
      const before = await node.fingerprint();
      const nodeBefore = await nodeObject(lab().kubectl, 'c2');

      const run = await migrate(lab(), 'node', 'c2', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(0);
      expect(await node.waitReady()).toMatch(/^containerd:/);
      expect((await nodeObject(lab().kubectl, 'c2')).spec.unschedulable).toBe(true);
      // The Deployment's pods have to wait for whoever cordoned the node; what belongs to the node itself runs.
      expect(await podsOn(lab().kubectl, 'c2')).toEqual([
        { name: expect.stringMatching(/^c2-agent-/), runs: true, runtime: 'containerd' },
        { name: 'fixed-c2', runs: true, runtime: 'containerd' },
      ]);

      const back = await migrate(lab(), 'rollback', 'c2', ...JSON_RESULT);
      expect(back.exitCode, back.stderr).toBe(0);
      expect(await nodeObject(lab().kubectl, 'c2')).toEqual(nodeBefore);
      expect(await node.fingerprint()).toEqual(before);
      await lab().kubectl(['uncordon', 'c2']);
      await pods.runOn('docker');
    });
  });

  describe.concurrent('a disruption budget', () => {
    let node: LabNode;

    beforeAll(async () => {
      const [first] = await Promise.all([lab().addNode('c3'), lab().addNode('c4')]);
      node = first;
    }, SETUP_MS);

    const allRun = (app: string, replicas: number, on: string): Promise<true> =>
      waitFor(
        `${replicas} pods of ${app} to run on ${on}`,
        60_000,
        async () => {
          const pods = (await podsOn(lab().kubectl, on)).filter(({ name }) => name.startsWith(`${app}-`));
          return pods.length === replicas && pods.every(({ runs }) => runs);
        },
        1_000,
      );

    it.sequential('that allows no eviction ever blocks the plan, by its name', async () => {
      const spec = { nodeSelector: { 'kubernetes.io/hostname': 'c3' } };
      await lab().apply([deployment('single', 1, { spec }), podDisruptionBudget('single', 1)]);
      await allRun('single', 1, 'c3');
      const before = await node.fingerprint();
      const nodeBefore = await nodeObject(lab().kubectl, 'c3');
      const containers = await runningContainers(node);

      const plan = await migrate(lab(), 'plan', 'c3');
      expect(plan.exitCode, plan.stderr).toBe(4);
      expect(plan.stdout).toMatch(/blocker.*disruption-budgets[\s\S]*default\/single/);
      const run = await migrate(lab(), 'node', 'c3', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(4);
      expect(run.result().outcome).toBe('blocked');
      expect(run.result().errors.join('\n')).toMatch(/default\/single-.*budget.*single/);

      expect(await node.fingerprint()).toEqual(before);
      expect(await nodeObject(lab().kubectl, 'c3')).toEqual(nodeBefore);
      expect(await runningContainers(node)).toEqual(containers);
      await lab().kubectl(['delete', 'deployment/single', 'poddisruptionbudget/single']);
    });

    it.sequential('that allows one at a time is waited for, and the wait names pod and budget', async () => {
      const hostnames = { key: 'kubernetes.io/hostname', operator: 'In', values: ['c3', 'c4'] };
      const affinity = {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [hostnames] }] },
        },
      };
      // Ready 8 s after its start: so long the second of the two has to stay.
      const readinessProbe = { exec: { command: ['true'] }, initialDelaySeconds: 8, periodSeconds: 1 };
      await lab().kubectl(['cordon', 'c4']);
      await lab().apply([
        deployment('slow', 2, { spec: { affinity }, container: { readinessProbe } }),
        podDisruptionBudget('slow', 1),
      ]);
      await allRun('slow', 2, 'c3');
      await lab().kubectl(['uncordon', 'c4']);
      await waitFor('the budget to know of its pods', 30_000, async () => {
        const allowed = ['get', 'poddisruptionbudget', 'slow', '-o', 'jsonpath={.status.disruptionsAllowed}'];
        return (await lab().kubectl(allowed)) === '1';
      });

      const run = await migrate(lab(), 'node', 'c3', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(0);
      expect(run.result().outcome).toBe('migrated');
      expect(run.stderr).toMatch(/^[\d:]+ vacate +\.\.\. +default\/slow-\S+ waits for budget default\/slow/m);
      const drain = run.result().steps.find(({ id }) => id.startsWith('vacate/drain/'));
      expect(drain?.ms).toBeGreaterThan(7_000);
      await allRun('slow', 2, 'c4');
    });
  });
});
