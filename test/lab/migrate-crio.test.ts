import { beforeAll, describe, expect, it } from 'vitest';
import type { MigrationPlan, NodePlan } from '../../src/core/plan.js';
import { addresses } from './addresses.js';
import { changedPaths } from './changed-paths.js';
import { crioStore } from './crio-store.js';
import type { Fingerprint } from './fingerprint.js';
import { IMAGES } from './images.js';
import type { LabNode } from './lab-node.js';
import { labSuite } from './lab-suite.js';
import { migrate } from './migrate.js';
import { nodeObject } from './node-object.js';
import type { NodeSpec } from './node-spec.js';
import { residents, type Residents } from './residents.js';
import { runningContainers } from './running-containers.js';
import { startMigrate } from './start-migrate.js';
import { waitFor } from './wait-for.js';

const TO_CRIO = ['--target', 'crio', '--yes', '--format', 'json'] as const;
const JSON_RESULT = ['--yes', '--format', 'json'] as const;
const SETUP_MS = 300_000;
const CRI_SOCKET = 'kubeadm.alpha.kubernetes.io/cri-socket';
const MASKS = ['/etc/systemd/system/docker.service', '/etc/systemd/system/docker.socket'];
const AT_BOOT = '/etc/systemd/system/multi-user.target.wants/crio.service';
const ALIAS = 'registry.lab/app:also';
const EMPTY = { images: [], sandboxes: [], containers: [], alive: [] };
/** The kubelet runs on CRI-O by then, and has pods there. */
const IN_THE_DARK = /^[\d:]+ prove +start +stop and mask docker/m;

labSuite('migrate node --target crio', (lab) => {
  /** A node with its pods, and how it and its Node were. */
  interface Stage {
    readonly node: LabNode;
    readonly pods: Residents;
    readonly before: Fingerprint;
    readonly nodeBefore: Awaited<ReturnType<typeof nodeObject>>;
  }
  const setUp = async (name: string, spec: NodeSpec): Promise<Stage> => {
    const node = await lab().addNode(name, { crio: true, ...spec });
    const pods = await residents(lab(), node);
    return { node, pods, before: await node.fingerprint(), nodeBefore: await nodeObject(lab().kubectl, name) };
  };
  const isAsBefore = async (
    { node, pods, before, nodeBefore }: Stage,
    images: readonly string[] = [],
  ): Promise<void> => {
    expect(await node.fingerprint()).toEqual(before);
    expect(await nodeObject(lab().kubectl, node.name)).toEqual(nodeBefore);
    expect(await node.waitReady()).toMatch(/^docker:/);
    await pods.runOn('docker');
    expect(await crioStore(node)).toEqual({ ...EMPTY, images });
    expect((await addresses(node)).holders).toHaveLength(4);
  };

  describe.concurrent('with the cgroupfs driver', () => {
    let stage: Stage;
    let planned: NodePlan;
    beforeAll(async () => {
      stage = await setUp('r1', {});
      await stage.node.exec(['docker', 'tag', IMAGES.app, ALIAS]);
    }, SETUP_MS);

    it.sequential('plans for CRI-O without changing the node', async () => {
      const run = await migrate(lab(), 'plan', 'r1', '--target', 'crio', '--format', 'json');
      expect(run.exitCode, run.stderr).toBe(0);
      const plan = JSON.parse(run.stdout) as MigrationPlan;
      planned = plan.nodes[0] ?? expect.fail('the plan has no node');
      expect(planned).toMatchObject({ verdict: 'migrate', to: expect.stringMatching(/^cri-o:\/\/1\.\d+\.\d+$/) });
      expect(await stage.node.fingerprint()).toEqual(stage.before);
      expect(await crioStore(stage.node)).toEqual(EMPTY);
    });

    it.sequential('moves it to CRI-O with everything that runs on it', async () => {
      const { node, pods, before } = stage;
      const run = await migrate(lab(), 'node', 'r1', ...TO_CRIO);
      expect(run.exitCode, run.stderr).toBe(0);
      expect(run.result()).toMatchObject({ outcome: 'migrated', from: planned.from, to: planned.to, errors: [] });
      expect(await node.waitReady()).toBe(planned.to);
      await pods.runOn('cri-o');
      const { annotations, spec } = await nodeObject(lab().kubectl, 'r1');
      expect(spec.unschedulable).toBe(false);
      expect(annotations[CRI_SOCKET]).toBe('unix:///var/run/crio/crio.sock');

      const after = await node.fingerprint();
      const files = planned.files.map((file) => file.path).filter((file) => after.files[file] !== undefined);
      expect(files).toContain('/etc/crio/crio.conf.d/10-docker-migration.conf');
      expect(changedPaths(before, after)).toEqual([...files, ...MASKS, AT_BOOT].sort());
      expect(after.units['crio.service']).toMatchObject({ enabled: 'enabled', active: 'active' });
      expect(after.units['docker.service']).toMatchObject({ enabled: 'masked', active: 'inactive' });
    });

    it.sequential('carried every name of every image over, and left no address with a sandbox of Docker', async () => {
      const store = await crioStore(stage.node);
      expect(store.images).toEqual([ALIAS, IMAGES.app, IMAGES.pause].sort());
      expect(store.sandboxes).toHaveLength(4);
      expect((await addresses(stage.node)).holders).toEqual(store.sandboxes);
      expect(await cgroupOfPod(stage.node)).toContain('/kubepods/');
    });

    it.sequential('says "already" the second time, and does nothing', async () => {
      const moved = await stage.node.fingerprint();
      const run = await migrate(lab(), 'node', 'r1', ...TO_CRIO);
      expect(run.exitCode, run.stderr).toBe(0);
      expect(run.result()).toMatchObject({ outcome: 'already', from: planned.to, to: planned.to, steps: [] });
      expect(await stage.node.fingerprint()).toEqual(moved);
    });

    it.sequential('comes up on CRI-O again after a power cut', async () => {
      await stage.node.reboot();
      expect(await stage.node.waitReady()).toBe(planned.to);
      await stage.pods.runOn('cri-o');
    });

    it.sequential('goes back to how it was, by "rollback"', async () => {
      const run = await migrate(lab(), 'rollback', 'r1', ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(0);
      expect(run.result()).toMatchObject({ outcome: 'rolled-back', to: planned.from, errors: [] });
      await isAsBefore(stage);
    });
  });

  describe.concurrent('with the systemd driver, and a CRI-O that somebody uses already', () => {
    let stage: Stage;
    const own = 'localhost/mine:1';
    beforeAll(async () => {
      stage = await setUp('r2', { cgroupDriver: 'systemd' });
      const { node } = stage;
      await node.exec(['systemctl', 'enable', '--now', 'crio.service']);
      for (const name of [own, IMAGES.app]) await node.exec(toStore(IMAGES.app, name));
      stage = { ...stage, before: await node.fingerprint() };
    }, SETUP_MS);

    it.sequential('is moved, and given back with what was there', async () => {
      const { node, pods, before, nodeBefore } = stage;
      const run = await migrate(lab(), 'node', 'r2', ...TO_CRIO);
      expect(run.exitCode, run.stderr).toBe(0);
      await pods.runOn('cri-o');
      expect(await cgroupOfPod(node)).toContain('/kubepods.slice/');
      expect((await crioStore(node)).images).toEqual([own, IMAGES.app, IMAGES.pause].sort());

      const back = await migrate(lab(), 'rollback', 'r2', ...JSON_RESULT);
      expect(back.exitCode, back.stderr).toBe(0);
      expect(await node.fingerprint()).toEqual(before);
      expect(await nodeObject(lab().kubectl, 'r2')).toEqual(nodeBefore);
      await pods.runOn('docker');
      expect(await crioStore(node)).toEqual({ ...EMPTY, images: [own, IMAGES.app].sort() });
    });
  });

  describe.concurrent('when it does not go well', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await setUp('r3', {});
    }, SETUP_MS);

    it.sequential.each([
      {
        what: 'a CRI-O that does not start with its configuration',
        break: `printf '[crio.runtime]\\nconmon = "/no/such/conmon"\\n' >/etc/crio/crio.conf.d/05-lab`,
        mend: 'rm /etc/crio/crio.conf.d/05-lab',
        exitCode: 5,
        names: /crio\.service does not start: .*conmon/,
      },
      {
        what: 'an image that no registry has, and no skopeo',
        break: 'mv /usr/bin/skopeo /usr/bin/skopeo.away',
        mend: 'mv /usr/bin/skopeo.away /usr/bin/skopeo',
        exitCode: 5,
        names: /registry\.lab\/app:1.*skopeo/,
      },
    ])('$what: nothing is left of the attempt', async ({ break: breaking, mend, exitCode, names }) => {
      const { node } = stage;
      const containers = await runningContainers(node);
      await node.exec(breaking);
      const run = await migrate(lab(), 'node', 'r3', ...TO_CRIO);
      await node.exec(mend);
      expect(run.exitCode, run.stderr).toBe(exitCode);
      expect(run.result().errors.join('\n')).toMatch(names);
      expect(run.result().darkMs).toBeNull();
      expect(await runningContainers(node)).toEqual(containers);
      await isAsBefore(stage);
    });

    it.sequential(
      'an operator killed in the dark: the node goes back by itself, and "rollback" clears the rest',
      async () => {
        const { node } = stage;
        // And there is nothing left to carry for the skopeo that is not there.
        const images = [IMAGES.app, IMAGES.pause].sort();
        for (const name of images) await node.exec(toStore(name, name));
        await node.exec('mv /usr/bin/skopeo /usr/bin/skopeo.away');
        const running = await startMigrate(lab(), ['node', 'r3', ...TO_CRIO]);
        await running.saw(IN_THE_DARK);
        running.kill('SIGKILL');
        await running.ended;
        await node.exec(['touch', '-d', '3 minutes ago', '/run/dockershim-migrate/heartbeat']);
        await waitFor(
          'node r3 to have rolled itself back',
          120_000,
          () => node.exec('ls /var/lib/dockershim-migrate/*/guard-fired/done'),
          1_000,
        );
        await waitFor('pods that stay with node r3 to run in Docker again', 60_000, async () =>
          Object.keys(await runningContainers(node)).some((container) => container.startsWith('k8s_app_r3-agent-')),
        );
        expect((await crioStore(node)).alive.filter((line) => line.includes('conmon'))).toEqual([]);
        const run = await migrate(lab(), 'rollback', 'r3', ...JSON_RESULT);
        expect(run.exitCode, run.stderr).toBe(0);
        expect(run.result()).toMatchObject({ outcome: 'rolled-back', errors: [] });
        await isAsBefore(stage, images);
      },
    );
  });
});

/** An image of Docker's under some name in CRI-O's store, as an administrator would put it there. */
const toStore = (image: string, name: string): readonly string[] => [
  ...['skopeo', '--insecure-policy', 'copy', `docker-daemon:${image}`, `containers-storage:${name}`],
];

/** Of a process that conmon watches. */
async function cgroupOfPod(node: LabNode): Promise<string> {
  return node.exec('cat /proc/$(pgrep -P $(pgrep -x conmon | head -n 1) | head -n 1)/cgroup');
}
