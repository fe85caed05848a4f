import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MigrationPlan, NodePlan } from '../../src/core/plan.js';
import { addresses } from './addresses.js';
import { changedPaths } from './changed-paths.js';
import { runningContainers } from './running-containers.js';
import { containerdImages } from './containerd-images.js';
import type { Fingerprint } from './fingerprint.js';
import type { LabNode } from './lab-node.js';
import { labSuite } from './lab-suite.js';
import { migrate } from './migrate.js';
import { nodeObject } from './node-object.js';
import type { NodeSpec } from './node-spec.js';
import { residents, type Residents } from './residents.js';

const NODES: readonly { readonly name: string; readonly what: string; readonly spec: NodeSpec }[] = [
  { name: 'a1', what: "Debian's containerd and the cgroupfs driver", spec: {} },
  {
    name: 'a2',
    what: "Docker's packaging of containerd, its CRI off, and the systemd cgroup driver",
    spec: { cgroupDriver: 'systemd', containerd: 'docker-ce' },
  },
];
const CRI_SOCKET = 'kubeadm.alpha.kubernetes.io/cri-socket';
const MASKS = ['/etc/systemd/system/docker.service', '/etc/systemd/system/docker.socket'];
const JSON_RESULT = ['--yes', '--format', 'json'] as const;

labSuite('migrate node', (lab) => {
  for (const { name, what, spec } of NODES)
    describe.concurrent(`with ${what}`, () => {
      let node: LabNode;
      let pods: Residents;
      let before: Fingerprint;
      let nodeBefore: Awaited<ReturnType<typeof nodeObject>>;
      let planned: NodePlan;
      const scratch = mkdtempSync(path.join(tmpdir(), 'lab-plan-'));
      const planFile = path.join(scratch, 'plan.json');
      const sha256 = async (file: string): Promise<string> => (await node.exec(['sha256sum', file])).slice(0, 64);

      beforeAll(async () => {
        node = await lab().addNode(name, spec);
        pods = await residents(lab(), node);
        before = await node.fingerprint();
        nodeBefore = await nodeObject(lab().kubectl, name);
      }, 300_000);
      afterAll(() => rmSync(scratch, { recursive: true }));

      it.sequential('plans without changing the node or the cluster', async () => {
        const containers = await runningContainers(node);
        const run = await migrate(lab(), 'plan', name, '--target', 'containerd', '-o', planFile, '--format', 'json');
        expect(run.exitCode, run.stderr).toBe(0);
        const plan = JSON.parse(readFileSync(planFile, 'utf8')) as MigrationPlan;
        expect(JSON.parse(run.stdout)).toEqual(plan);
        planned = plan.nodes[0] ?? expect.fail('the plan has no node');
        expect(planned).toMatchObject({
          node: name,
          verdict: 'migrate',
          to: expect.stringMatching(/^containerd:\/\//),
        });

        expect(await node.fingerprint()).toEqual(before);
        expect(await nodeObject(lab().kubectl, name)).toEqual(nodeBefore);
        expect(await runningContainers(node)).toEqual(containers);
        expect(await node.exists('/var/lib/dockershim-migrate')).toBe(false);
      });

      it.sequential('refuses a plan that the node has moved away from, and says what moved', async () => {
        const file = '/etc/default/kubelet';
        const was = await node.read(file);
        await node.write(file, `${was}# by another hand\n`);
        try {
          const run = await migrate(lab(), 'node', name, '--plan', planFile, ...JSON_RESULT);
          expect(run.exitCode, run.stderr).toBe(4);
          expect(run.stderr).toContain(file);
          expect(await node.exists('/var/lib/dockershim-migrate')).toBe(false);
        } finally {
          await node.write(file, was);
        }
        expect(await node.fingerprint()).toEqual(before);
      });

      it.sequential('moves it to containerd with everything that runs on it', async () => {
        const run = await migrate(lab(), 'node', name, '--plan', planFile, ...JSON_RESULT);
        expect(run.exitCode, run.stderr).toBe(0);
        const result = run.result();
        expect(result).toMatchObject({
          node: name,
          outcome: 'migrated',
          from: planned.from,
          to: planned.to,
          errors: [],
        });
        expect(result.steps.map(({ id }) => id)).toEqual(
          planned.phases.flatMap(({ steps }) => steps.map(({ id }) => id)),
        );
        expect(result.darkMs).toBeGreaterThan(0);

        expect(await node.waitReady()).toBe(planned.to);
        await pods.runOn('containerd');
        expect(await dockerNow(node)).toBe('inactive');
        const { annotations, spec: nodeSpec } = await nodeObject(lab().kubectl, name);
        expect(nodeSpec.unschedulable).toBe(false);
        expect(annotations[CRI_SOCKET]).toBe('unix:///run/containerd/containerd.sock');
      });

      it.sequential('changed the files and units that the plan said, and no others', async () => {
        for (const file of planned.files) {
          expect(await sha256(file.path), file.path).toBe(file.sha256);
          expect((await node.exec(['stat', '-c', '%a', file.path])).trim(), file.path).toBe(file.mode.toString(8));
        }
        const after = await node.fingerprint();
        const files = planned.files.map((file) => file.path).filter((file) => after.files[file] !== undefined);
        expect(files).toContain('/etc/containerd/config.toml');
        expect(files).toContain('/var/lib/kubelet/kubeadm-flags.env');
        expect(changedPaths(before, after)).toEqual([...files, ...MASKS].sort());
        expect(after.units['docker.service']).toMatchObject({ enabled: 'masked', active: 'inactive' });
        expect(after.units['docker.socket']).toMatchObject({ enabled: 'masked', active: 'inactive' });
        expect(after.units['containerd.service']).toMatchObject({ enabled: 'enabled', active: 'active' });
        expect(after.units['kubelet.service']).toEqual(before.units['kubelet.service']);
      });

      it.sequential('left no address with a sandbox of Docker', async () => {
        const { holders, sandboxes } = await addresses(node);
        expect(sandboxes).toHaveLength(4);
        expect(holders).toEqual(sandboxes);
      });

      it.sequential('runs the pods in cgroups of the driver that the kubelet has', async () => {
        const pids = await node.exec('ctr -n k8s.io tasks ls | tail -n +2');
        const cgroup = await node.read(`/proc/${/(\d+)\s+RUNNING/.exec(pids)?.[1] ?? ''}/cgroup`);
        expect(cgroup).toContain(spec.cgroupDriver === 'systemd' ? '/kubepods.slice/' : '/kubepods/');
      });

      it.sequential('says "already" the second time, and does nothing', async () => {
        const moved = await node.fingerprint();
        const run = await migrate(lab(), 'node', name, ...JSON_RESULT);
        expect(run.exitCode, run.stderr).toBe(0);
        expect(run.result()).toMatchObject({
          outcome: 'already',
          from: planned.to,
          to: planned.to,
          steps: [],
          darkMs: null,
        });
        expect(await node.fingerprint()).toEqual(moved);
      });

      it.sequential('comes up on containerd again after a power cut', async () => {
        await node.reboot();
        expect(await node.waitReady()).toBe(planned.to);
        await pods.runOn('containerd');
      });

      it.sequential('tells by "status" that it is done', async () => {
        const run = await migrate(lab(), 'status', name, '--format', 'json');
        expect(run.exitCode, run.stderr).toBe(0);
        expect(JSON.parse(run.stdout)).toMatchObject({
          items: [
            { node: name, runtime: planned.to, ready: true, schedulable: true, migration: { outcome: 'migrated' } },
          ],
        });
      });

      it.sequential('goes back to how it was, by "rollback"', async () => {
        const run = await migrate(lab(), 'rollback', name, ...JSON_RESULT);
        expect(run.exitCode, run.stderr).toBe(0);
        expect(run.result()).toMatchObject({ outcome: 'rolled-back', to: planned.from, errors: [] });
        expect(await node.fingerprint()).toEqual(before);
        expect(await nodeObject(lab().kubectl, name)).toEqual(nodeBefore);
        expect(await node.waitReady()).toBe(planned.from);
        await pods.runOn('docker');
        expect((await addresses(node)).sandboxes).toEqual([]);
        expect(await containerdImages(node)).toEqual([]);
      });
    });
});

/** Asked of systemd, since asking Docker itself would have its socket start it. */
const dockerNow = async (node: LabNode): Promise<string> =>
  (await node.tryExec(['systemctl', 'is-active', 'docker.service'])).stdout.trim();
