import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Fingerprint } from './fingerprint.js';
import { installMigrate } from './install-migrate.js';
import type { LabNode } from './lab-node.js';
import { labSuite } from './lab-suite.js';
import type { Lab } from './lab.js';
import { migrate, resultOf } from './migrate.js';
import { nodeObject } from './node-object.js';
import { residents, type Residents } from './residents.js';
import { runningContainers } from './running-containers.js';
import { startMigrate } from './start-migrate.js';
import { waitFor } from './wait-for.js';
import { deployment } from './workloads/deployment.js';

const JSON_RESULT = ['--yes', '--format', 'json'] as const;
const SETUP_MS = 300_000;
/** The kubelet is stopped by then, and Docker rid of its pods. */
const IN_THE_DARK = /^[\d:]+ switch +start +write \/var\/lib\/kubelet\/kubeadm-flags\.env/m;

const statusSchema = z.object({
  items: z.array(
    z.looseObject({ migration: z.looseObject({ outcome: z.string(), nodeRolledBackByItself: z.boolean() }) }),
  ),
});

labSuite('a migration that is cut off', (lab) => {
  /** A node with its pods, and how it and its Node were. */
  interface Stage {
    readonly node: LabNode;
    readonly pods: Residents;
    readonly before: Fingerprint;
    readonly nodeBefore: Awaited<ReturnType<typeof nodeObject>>;
  }
  const setUp = async (name: string): Promise<Stage> => {
    const node = await lab().addNode(name);
    const pods = await residents(lab(), node);
    return { node, pods, before: await node.fingerprint(), nodeBefore: await nodeObject(lab().kubectl, name) };
  };
  const isAsBefore = async ({ node, pods, before, nodeBefore }: Stage): Promise<void> => {
    expect(await node.fingerprint()).toEqual(before);
    expect(await nodeObject(lab().kubectl, node.name)).toEqual(nodeBefore);
    expect(await node.waitReady()).toMatch(/^docker:/);
    await pods.runOn('docker');
  };
  const status = async (name: string) => {
    const run = await migrate(lab(), 'status', name, '--format', 'json');
    expect(run.exitCode, run.stderr).toBe(0);
    return statusSchema.parse(JSON.parse(run.stdout)).items[0];
  };
  const killedWhen = async (name: string, text: RegExp): Promise<void> => {
    const running = await startMigrate(lab(), ['node', name, ...JSON_RESULT]);
    await running.saw(text);
    running.kill('SIGKILL');
    expect((await running.ended).exitCode).toBeUndefined();
  };
  const rolledBackByItself = (node: LabNode): Promise<string> =>
    waitFor(
      `node ${node.name} to have rolled itself back`,
      120_000,
      () => node.exec('ls /var/lib/dockershim-migrate/*/guard-fired/done'),
      1_000,
    );

  let resumed: Stage;
  describe.concurrent('by SIGKILL in stage', () => {
    beforeAll(async () => {
      resumed = await setUp('e1');
    }, SETUP_MS);

    it.sequential('holds the node for whoever resumes it, and is completed by "resume"', async () => {
      const { pods, node, nodeBefore } = resumed;
      const containers = await runningContainers(node);
      await killedWhen('e1', /^[\d:]+ stage +start +carry over/m);
      expect((await status('e1'))?.migration).toMatchObject({ outcome: 'open', phase: 'stage', guardArmed: false });
      const again = await migrate(lab(), 'node', 'e1', ...JSON_RESULT);
      expect(again.exitCode, again.stderr).toBe(4);
      expect(again.result().errors.join('\n')).toContain('holds the lock');
      expect(again.stderr.replaceAll(/\s+/g, ' ')).toContain('migrate resume e1');
      expect(await runningContainers(node)).toEqual(containers);
      expect(await nodeObject(lab().kubectl, 'e1')).toEqual(nodeBefore);

      const run = await migrate(lab(), 'resume', 'e1', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(0);
      expect(run.result()).toMatchObject({ outcome: 'migrated', errors: [] });
      await pods.runOn('containerd');
      expect((await nodeObject(lab().kubectl, 'e1')).spec.unschedulable).toBe(false);
    });
  });

  describe.concurrent('by SIGKILL in the dark window', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await setUp('e2');
    }, SETUP_MS);

    it.sequential('is rolled back by the node itself, which "status" tells', async () => {
      await killedWhen('e2', IN_THE_DARK);
      expect((await status('e2'))?.migration).toMatchObject({ outcome: 'open', guardArmed: true });
      // Two minutes of silence, in an instant.
      await stage.node.exec(['touch', '-d', '3 minutes ago', '/run/dockershim-migrate/heartbeat']);
      await rolledBackByItself(stage.node);
      await waitFor('the pods that stay with the node to run in Docker again', 60_000, async () => {
        const names = Object.keys(await runningContainers(stage.node));
        return ['k8s_app_e2-agent-', 'k8s_app_fixed-e2'].every((own) => names.some((name) => name.startsWith(own)));
      });
      expect((await status('e2'))?.migration).toMatchObject({ nodeRolledBackByItself: true });
      const text = await migrate(lab(), 'status', 'e2');
      expect(text.stdout).toContain('The node went back by itself');
      expect(text.stdout).toContain('migrate rollback e2');
    });

    it.sequential('is not resumed then, and "rollback" gives back what needs the API server', async () => {
      const resumed = await migrate(lab(), 'resume', 'e2', ...JSON_RESULT);
      expect(resumed.exitCode, resumed.stderr).toBe(2);
      expect(resumed.stderr).toContain('migrate rollback e2');
      expect((await nodeObject(lab().kubectl, 'e2')).spec.unschedulable).toBe(true);

      const run = await migrate(lab(), 'rollback', 'e2', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(0);
      expect(run.result()).toMatchObject({ outcome: 'rolled-back', errors: [] });
      await isAsBefore(stage);
    });
  });

  describe.concurrent('by a power cut in the dark window', () => {
    it.sequential('ends in a node that boots on Docker by itself', { timeout: 400_000 }, async () => {
      const stage = await setUp('e3');
      await killedWhen('e3', IN_THE_DARK);
      await stage.node.reboot();
      await rolledBackByItself(stage.node);
      expect(await stage.node.waitReady()).toMatch(/^docker:/);

      const run = await migrate(lab(), 'rollback', 'e3', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(0);
      await isAsBefore(stage);
    });
  });

  describe.concurrent('by Ctrl-C', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await setUp('e4');
    }, SETUP_MS);

    it.sequential('stops the drain, and "rollback" gives the node back', async () => {
      // Deaf to SIGTERM: the drain lasts as long as their grace period.
      const spec = { nodeSelector: { 'kubernetes.io/hostname': 'e4' } };
      await lab().apply(deployment('e4-deaf', 1, { stubborn: true, graceSeconds: 20, spec }));
      await lab().kubectl(['rollout', 'status', 'deployment/e4-deaf', '--timeout=60s'], { timeoutMs: 70_000 });
      const running = await startMigrate(lab(), ['node', 'e4', ...JSON_RESULT]);
      await running.saw(/^[\d:]+ vacate +\.\.\. +default\/e4-deaf/m);
      const asked = Date.now();
      running.kill('SIGINT');
      const end = await running.ended;
      expect(end.exitCode, end.stderr).toBe(130);
      expect(Date.now() - asked).toBeLessThan(10_000);
      expect(resultOf(end)).toMatchObject({ outcome: 'interrupted', darkMs: null });
      expect((await status('e4'))?.migration).toMatchObject({ outcome: 'open', phase: 'vacate' });
      expect((await nodeObject(lab().kubectl, 'e4')).spec.unschedulable).toBe(true);

      const back = await migrate(lab(), 'rollback', 'e4', ...JSON_RESULT);
      expect(back.exitCode, back.stderr).toBe(0);
      await lab().kubectl(['delete', 'deployment', 'e4-deaf', '--grace-period=0', '--force']);
      await isAsBefore(stage);
    });

    it.sequential('in the dark window comes to light first, and "resume" completes it', async () => {
      const running = await startMigrate(lab(), ['node', 'e4', ...JSON_RESULT]);
      await running.saw(IN_THE_DARK);
      running.kill('SIGINT');
      const end = await running.ended;
      expect(end.exitCode, end.stderr).toBe(130);
      expect(resultOf(end)).toMatchObject({ outcome: 'interrupted', darkMs: expect.any(Number) });
      expect(await stage.node.waitReady()).toMatch(/^containerd:/);

      const run = await migrate(lab(), 'resume', 'e4', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(0);
      expect(run.result()).toMatchObject({ outcome: 'migrated' });
      await stage.pods.runOn('containerd');
    });
  });

  describe.concurrent("by somebody at the node's own console", () => {
    it.sequential('"node", "status" and "rollback" work there as well', async () => {
      const stage = await setUp('e5');
      const { node } = stage;
      const command = await installMigrate(lab().layout, node);
      await node.write('/root/kubeconfig', readFileSync(lab().kubeconfig, 'utf8'), 0o600);
      const here = (...args: readonly string[]) => node.tryExec([...command, ...args], { timeoutMs: 300_000 });

      const run = await here('node', 'e5', ...JSON_RESULT, '--kubeconfig', '/root/kubeconfig');
      expect(run.exitCode, run.stderr).toBe(0);
      expect(resultOf(run)).toMatchObject({ outcome: 'migrated', errors: [] });
      await stage.pods.runOn('containerd');

      // Without a kubeconfig the journal has to do.
      const told = await here('status', 'e5', '--via', 'local', '--format', 'json');
      expect(told.exitCode, told.stderr).toBe(0);
      expect(statusSchema.parse(JSON.parse(told.stdout)).items[0]?.migration).toMatchObject({ outcome: 'migrated' });

      const back = await here('rollback', 'e5', ...JSON_RESULT, '--via', 'local', '--kubeconfig', '/root/kubeconfig');
      expect(back.exitCode, back.stderr).toBe(0);
      await isAsBefore(stage);
    });
  });

  // Last, and alone: the whole lab is without its API server meanwhile.
  describe('with an API server that does not answer', () => {
    it('"rollback" brings the node back on Docker, and completes when it is there again', async () => {
      const { node } = resumed;
      await withApiServerStopped(lab(), async () => {
        const run = await migrate(lab(), 'rollback', 'e1', ...JSON_RESULT);
        expect(run.exitCode, run.stderr).toBe(6);
        expect(run.result().errors.join('\n')).toMatch(/API server/);
        expect((await node.fingerprint()).units).toMatchObject({
          'docker.service': { enabled: 'enabled', active: 'active' },
          'kubelet.service': { active: 'active' },
        });
        const kubelet = await node.exec('tr "\\0" " " <"/proc/$(systemctl show -P MainPID kubelet)/cmdline"');
        expect(kubelet).toContain('--network-plugin=cni');
        expect(kubelet).not.toContain('--container-runtime=remote');
      });
      const run = await migrate(lab(), 'rollback', 'e1', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(0);
      await isAsBefore(resumed);
    });
  });
});

async function withApiServerStopped(lab: Lab, work: () => Promise<void>): Promise<void> {
  const pid = lab.running()['kube-apiserver'];
  if (pid === undefined) throw new Error('the API server does not run');
  process.kill(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await waitFor('the API server to answer again', 60_000, () => lab.kubectl(['get', '--raw', '/readyz']));
}
