import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Fingerprint } from './fingerprint.js';
import type { LabNode } from './lab-node.js';
import { labSuite } from './lab-suite.js';
import { migrate } from './migrate.js';
import { nodeObject } from './node-object.js';
import { residents, type Residents } from './residents.js';

const BINARY = path.join(process.env['KUBE_BIN'] ?? '/opt/kube/bin', 'cri-dockerd');
const JSON_RESULT = ['--target', 'cri-dockerd', '--yes', '--format', 'json'] as const;
const there = existsSync(BINARY);

describe.skipIf(!there)(there ? 'with cri-dockerd' : `with cri-dockerd (skipped: there is no ${BINARY})`, () => {
  labSuite('a node that keeps Docker', (lab) => {
    const name = 'd1';
    let node: LabNode;
    let pods: Residents;
    let before: Fingerprint;
    let nodeBefore: Awaited<ReturnType<typeof nodeObject>>;
    const kubelet = (): Promise<string> =>
      node.exec('tr "\\0" " " </proc/$(systemctl show --property=MainPID --value kubelet)/cmdline');

    beforeAll(async () => {
      node = await lab().addNode(name, { criDockerd: true });
      pods = await residents(lab(), node);
      await node.exec([
        'docker',
        'run',
        '--detach',
        '--name',
        'not-kubernetes',
        'registry.lab/app:1',
        'sleep',
        '100000',
      ]);
      before = await node.fingerprint();
      nodeBefore = await nodeObject(lab().kubectl, name);
    }, 300_000);

    it.sequential('gets its pods through cri-dockerd, and what Kubernetes does not own stays', async () => {
      const started = await node.exec(['docker', 'inspect', '--format', '{{.State.StartedAt}}', 'not-kubernetes']);
      const run = await migrate(lab(), 'node', name, ...JSON_RESULT);
      expect(run.exitCode, run.stdout + run.stderr).toBe(0);
      expect(run.result()).toMatchObject({ outcome: 'migrated', errors: [] });
      expect(await node.waitReady()).toContain('docker://');
      await pods.runOn('docker');
      expect(await kubelet()).toContain('--container-runtime-endpoint=unix:///run/cri-dockerd.sock');
      expect(await kubelet()).not.toContain('--network-plugin');
      expect(await node.exec(['docker', 'inspect', '--format', '{{.State.StartedAt}}', 'not-kubernetes'])).toBe(
        started,
      );
      const { annotations } = await nodeObject(lab().kubectl, name);
      expect(annotations['kubeadm.alpha.kubernetes.io/cri-socket']).toBe('unix:///run/cri-dockerd.sock');
    });

    it.sequential('says "already" the second time', async () => {
      const run = await migrate(lab(), 'node', name, ...JSON_RESULT);
      expect(run.exitCode, run.stderr).toBe(0);
      expect(run.result()).toMatchObject({ outcome: 'already' });
    });

    it.sequential('goes back to dockershim, every file and unit as before', async () => {
      const run = await migrate(lab(), 'rollback', name, '--yes', '--format', 'json');
      expect(run.exitCode, run.stderr).toBe(0);
      expect(await node.fingerprint()).toEqual(before);
      expect(await nodeObject(lab().kubectl, name)).toEqual(nodeBefore);
      await pods.runOn('docker');
      expect(await kubelet()).not.toContain('cri-dockerd');
    });
  });
});
