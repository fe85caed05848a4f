import { beforeAll, describe, expect, it } from 'vitest';
import { runningContainers } from './running-containers.js';
import { addresses } from './addresses.js';
import { containerdImages } from './containerd-images.js';
import type { Fingerprint } from './fingerprint.js';
import type { LabNode } from './lab-node.js';
import { labSuite } from './lab-suite.js';
import { migrate } from './migrate.js';
import { nodeObject } from './node-object.js';
import { residents, type Residents } from './residents.js';

interface Breakage {
  readonly what: string;
  /** Scripts for the node. */
  readonly break: string;
  readonly mend: string;
  /** Blocked by the plan, or rolled back from a step in stage. */
  readonly exitCode: 4 | 5;
  readonly names: RegExp;
}

const replaceBy = (file: string, script: string): string =>
  `mv ${file} ${file}.good; printf '%s\\n' '#!/bin/sh' ${script} >${file}; chmod 755 ${file}`;
const putBack = (file: string): string => `mv -f ${file}.good ${file}`;
const DROP_IN = '/run/systemd/system/containerd.service.d/50-lab-broken.conf';

const BREAKAGES: readonly Breakage[] = [
  {
    what: 'a CNI plugin that is missing',
    break: 'mv /opt/cni/bin/bridge /opt/cni/bridge.good',
    mend: 'mv /opt/cni/bridge.good /opt/cni/bin/bridge',
    exitCode: 4,
    names: /lacks the CNI plugin bridge/,
  },
  {
    what: 'a CNI plugin that fails',
    break: replaceBy('/opt/cni/bin/bridge', `'echo "{\\"code\\":999,\\"msg\\":\\"no bridge today\\"}"; exit 1'`),
    mend: putBack('/opt/cni/bin/bridge'),
    exitCode: 5,
    names: /no bridge today/,
  },
  {
    what: 'a runc that starts nothing',
    break: replaceBy('/usr/local/sbin/runc', `'echo "no container today" >&2; exit 1'`),
    mend: putBack('/usr/local/sbin/runc'),
    exitCode: 5,
    names: /sandbox/,
  },
  {
    what: 'a containerd that does not come up with its new configuration',
    break: `mkdir -p ${DROP_IN.replace(/\/[^/]*$/, '')}
      printf '%s\\n' '[Service]' "ExecStartPre=/bin/sh -c '! grep -q sandbox_image /etc/containerd/config.toml'" >${DROP_IN}
      systemctl daemon-reload`,
    mend: `rm ${DROP_IN}; systemctl daemon-reload`,
    exitCode: 5,
    names: /containerd\.service/,
  },
];

labSuite('migrate node, when something is broken', (lab) => {
  describe.concurrent('while the node serves on Docker', () => {
    let node: LabNode;
    let pods: Residents;

    beforeAll(async () => {
      node = await lab().addNode('b1');
      pods = await residents(lab(), node);
    }, 300_000);

    it.sequential.each(BREAKAGES)('leaves all as it was with $what', { timeout: 180_000 }, async (breakage) => {
      await node.exec(breakage.break);
      try {
        const before = await node.fingerprint();
        const nodeBefore = await nodeObject(lab().kubectl, 'b1');
        const containers = await runningContainers(node);
        const run = await migrate(lab(), 'node', 'b1', '--yes', '--format', 'json');
        expect(run.exitCode, run.stderr).toBe(breakage.exitCode);
        const result = run.result();
        expect(result.outcome).toBe(breakage.exitCode === 4 ? 'blocked' : 'rolled-back');
        expect(result.errors.join('\n')).toMatch(breakage.names);
        expect(result.darkMs).toBeNull();
        expect(result.steps.filter(({ phase }) => phase !== 'stage')).toEqual([]);

        expect(await runningContainers(node)).toEqual(containers);
        expect(Object.keys(containers)).toHaveLength(8);
        expect(await node.fingerprint()).toEqual(before);
        expect((await addresses(node)).sandboxes).toEqual([]);
        expect(await containerdImages(node)).toEqual([]);
        expect(await nodeObject(lab().kubectl, 'b1')).toEqual(nodeBefore);
        expect(nodeBefore.spec.unschedulable).toBe(false);
        expect(await node.waitReady()).toMatch(/^docker:/);
        await pods.runOn('docker');
      } finally {
        await node.exec(breakage.mend);
      }
    });
  });

  describe.concurrent('in the dark window', () => {
    let node: LabNode;
    let pods: Residents;
    let before: Fingerprint;

    beforeAll(async () => {
      node = await lab().addNode('b2');
      pods = await residents(lab(), node);
      before = await node.fingerprint();
    }, 300_000);

    it.sequential('brings the node back by itself when the kubelet does not bear the new runtime', async () => {
      const nodeBefore = await nodeObject(lab().kubectl, 'b2');
      await node.exec('mv /usr/bin/kubelet /usr/bin/kubelet.good');
      await node.write('/usr/bin/kubelet', KUBELET, 0o755);

      const run = await migrate(lab(), 'node', 'b2', '--yes', '--format', 'json');
      expect(run.exitCode, run.stderr).toBe(5);
      const result = run.result();
      expect(result).toMatchObject({ outcome: 'rolled-back', darkMs: expect.any(Number) });
      expect(result.to).toBe(result.from);
      expect(result.errors.join('\n')).toMatch(/restarts.*no remote runtime today/);
      // Its restarts tell, long before the five minutes of the deadline.
      const proof = result.steps.find(({ id }) => id.startsWith('prove/prove-node-ready/'));
      expect(proof?.status).toBe('failed');
      expect(proof?.ms).toBeLessThan(60_000);

      expect(await node.fingerprint()).toEqual(before);
      expect(await nodeObject(lab().kubectl, 'b2')).toEqual(nodeBefore);
      expect(nodeBefore.spec.unschedulable).toBe(false);
      expect(await node.waitReady()).toMatch(/^docker:/);
      await pods.runOn('docker');
    });

    it.sequential('moves it once the cause is gone', async () => {
      await node.exec('mv -f /usr/bin/kubelet.good /usr/bin/kubelet; systemctl restart kubelet');
      await node.waitReady();
      const run = await migrate(lab(), 'node', 'b2', '--yes', '--format', 'json');
      expect(run.exitCode, run.stderr).toBe(0);
      await pods.runOn('containerd');
    });
  });
});

const KUBELET = `#!/bin/sh
case "$*" in
  *--container-runtime=remote*) echo 'Failed to run kubelet: no remote runtime today' >&2; exit 1 ;;
esac
exec /usr/bin/kubelet.good "$@"
`;
