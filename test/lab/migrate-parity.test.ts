import { beforeAll, describe, expect, it } from 'vitest';
import { containerdImages } from './containerd-images.js';
import type { LabNode } from './lab-node.js';
import { labSuite } from './lab-suite.js';
import { migrate } from './migrate.js';
import type { NodeSpec } from './node-spec.js';
import { residents, type Residents } from './residents.js';
import { runningContainers } from './running-containers.js';

const DROP_IN = '/run/systemd/system/containerd.service.d/99-lab-limits.conf';
const WRAPPER = '/usr/local/lab/containerd';

const NODES: readonly {
  readonly name: string;
  readonly spec: NodeSpec;
  readonly announced: readonly string[];
  readonly mounts: readonly string[];
}[] = [
  { name: 'p1', spec: {}, announced: [], mounts: [] },
  {
    name: 'p2',
    spec: { cgroupDriver: 'systemd', daemonJson: { 'exec-opts': ['native.cgroupdriver=systemd'], init: true } },
    announced: ['init: docker-init → none'],
    mounts: ['mount:/sbin/docker-init: ext4 ro → none'],
  },
];

labSuite('containers before and after', (lab) => {
  for (const { name, spec, announced, mounts } of NODES)
    describe.concurrent(`with the cgroup driver ${spec.cgroupDriver ?? 'cgroupfs'}`, () => {
      let node: LabNode;
      let pods: Residents;

      beforeAll(async () => {
        node = await lab().addNode(name, spec);
        pods = await residents(lab(), node);
      }, 300_000);

      it.sequential('fails in stage by a limit that nobody announced, with the node serving on Docker', async () => {
        const before = await node.fingerprint();
        const containers = await runningContainers(node);
        // Not a word of it in the unit's directives: it shows only in what containers get, once containerd was restarted.
        await node.write(WRAPPER, '#!/bin/sh\nulimit -s 4096\nexec /usr/bin/containerd "$@"\n', 0o755);
        await node.write(DROP_IN, `[Service]\nExecStart=\nExecStart=${WRAPPER}\n`);
        await node.exec('systemctl daemon-reload');
        try {
          const run = await migrate(lab(), 'node', name, '--yes', '--format', 'json');
          expect(run.exitCode, run.stderr).toBe(5);
          const result = run.result();
          expect(result.outcome).toBe('rolled-back');
          expect(result.errors.join('\n')).toMatch(/ulimit:stack is 4194304, was \d+/);
          expect(result.parity?.unannounced.map(({ aspect }) => aspect)).toEqual(['ulimit:stack']);
          expect(result.steps.find(({ status }) => status === 'failed')?.id).toBe('stage/prove-parity/stage');
          expect(result.darkMs).toBeNull();
          expect(await runningContainers(node)).toEqual(containers);
        } finally {
          await node.exec(`rm ${DROP_IN} ${WRAPPER}; systemctl daemon-reload; systemctl restart containerd`);
        }
        expect(await node.fingerprint()).toEqual(before);
        expect(await containerdImages(node)).toEqual([]);
        expect(await node.exec('ls /var/log/pods; docker ps -a --format "{{.Names}}"')).not.toContain('parity');
        await pods.runOn('docker');
      });

      it.sequential('tells what differs as the plan said, and that nothing else does', async () => {
        const run = await migrate(lab(), 'node', name, '--yes', '--format', 'json');
        expect(run.exitCode, run.stderr).toBe(0);
        const { parity, warnings } = run.result();
        expect(parity, warnings.join('\n')).toMatchObject({ when: 'switched', unproved: null, unannounced: [] });
        expect(parity?.compared).toBeGreaterThan(60);
        expect(parity?.announced.map(({ aspect, before, after }) => `${aspect}: ${before} → ${after}`)).toEqual([
          ...announced,
          'log-format: json-file → cri',
          expect.stringMatching(/^log-path: link to \/var\/lib\/docker\/containers\/<id>\/<id>-json\.log → file$/),
          ...mounts,
          'sysctl:net.ipv4.ip_unprivileged_port_start: 0 → 1024',
          'sysctl:net.ipv4.ping_group_range: 0 2147483647 → 1 0',
        ]);
        await pods.runOn('containerd');
        expect(await node.exec('ls /var/log/pods; ctr -n k8s.io containers ls')).not.toContain('dockershim-migrate');
      });

      it.sequential('tells it again by "status"', async () => {
        const run = await migrate(lab(), 'status', name, '--format', 'json');
        expect(run.exitCode, run.stderr).toBe(0);
        expect(JSON.parse(run.stdout)).toMatchObject({ items: [{ parity: { when: 'switched', unannounced: [] } }] });
      });

      it.sequential('goes back with nothing of the proof left', async () => {
        const run = await migrate(lab(), 'rollback', name, '--yes', '--format', 'json');
        expect(run.exitCode, run.stderr).toBe(0);
        expect(run.result()).toMatchObject({ outcome: 'rolled-back', errors: [], warnings: [] });
        expect(await node.exists('/var/lib/dockershim-migrate/parity.json')).toBe(false);
        await pods.runOn('docker');
      });
    });

  describe.concurrent('on CRI-O', () => {
    let node: LabNode;

    beforeAll(async () => {
      node = await lab().addNode('p3', { crio: true });
    }, 300_000);

    it.sequential('differ in what CRI-O is known for, and in nothing else', async () => {
      const run = await migrate(lab(), 'node', 'p3', '--target', 'crio', '--yes', '--format', 'json');
      expect(run.exitCode, run.stderr).toBe(0);
      const { parity, warnings } = run.result();
      expect(parity, warnings.join('\n')).toMatchObject({ when: 'switched', unproved: null, unannounced: [] });
      expect(parity?.announced.map(({ aspect, before, after }) => `${aspect}: ${before} → ${after}`)).toEqual(
        expect.arrayContaining(['capability:NET_RAW: yes → none', 'pids-limit: max → 1024']),
      );
      expect(await node.exec('ls /var/log/pods')).not.toContain('dockershim-migrate');
    });

    it.sequential('goes back with nothing of the proof left', async () => {
      const run = await migrate(lab(), 'rollback', 'p3', '--yes', '--format', 'json');
      expect(run.exitCode, run.stderr).toBe(0);
      expect(await node.exists('/var/lib/dockershim-migrate/parity.json')).toBe(false);
    });
  });
});
