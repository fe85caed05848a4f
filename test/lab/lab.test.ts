import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IMAGES } from './images.js';
import { labAvailable } from './lab-available.js';
import type { LabNode } from './lab-node.js';
import { Lab } from './lab.js';
import { leftovers } from './leftovers.js';
import { mustRun } from './must-run.js';
import { waitFor } from './wait-for.js';
import { deployment } from './workloads/deployment.js';
import { staticPod } from './workloads/static-pod.js';

const available = labAvailable();
const MINUTE = 60_000;

describe.skipIf(!available.ok)(
  `the lab${available.ok ? '' : ` (skipped: ${available.why})`}`,
  { timeout: 3 * MINUTE },
  () => {
    let lab: Lab;
    let node: LabNode;

    beforeAll(async () => {
      lab = await Lab.start();
      node = await lab.addNode('w1');
    }, 30 * MINUTE);
    afterAll(() => lab?.stop(), 3 * MINUTE);

    const running = (pod: string, image = '{.status.phase}'): Promise<string> =>
      lab.kubectl(['get', 'pod', pod, '-o', `jsonpath=${image}`]);
    const isRunning = (pod: string): Promise<true> =>
      waitFor(`pod ${pod} to run`, MINUTE, async () => {
        const phase = await running(pod);
        if (phase !== 'Running') throw new Error(`it is ${phase}`);
        return true;
      });

    it('has a node on dockershim, laid out by kubeadm', async () => {
      expect(await node.waitReady()).toMatch(/^docker:\/\/20\.10\./);
      expect(await node.read('/var/lib/kubelet/kubeadm-flags.env')).toContain('--network-plugin=cni');
      const annotation = '{.metadata.annotations.kubeadm\\.alpha\\.kubernetes\\.io/cri-socket}';
      expect(await lab.kubectl(['get', 'node', 'w1', '-o', `jsonpath=${annotation}`])).toBe('/var/run/dockershim.sock');
      expect(await node.exec(['systemctl', 'is-system-running'])).toBe('running\n');
    });

    it('is reached by an operator’s ssh, which knows the node’s host key', async () => {
      expect(await mustRun(['ssh', '-F', lab.sshConfig, 'w1', 'hostname'])).toBe('w1\n');
    });

    it('runs pods of a deployment and a static pod, their images in Docker alone', async () => {
      const pod = staticPod('fixed');
      await node.write(pod.path, pod.content, 0o600);
      await lab.apply(deployment('web', 2));
      await lab.kubectl(['rollout', 'status', 'deployment/web', '--timeout=60s'], { timeoutMs: 2 * MINUTE });
      await isRunning('fixed-w1');
      expect(await node.exec(['docker', 'images', '--format', '{{.Repository}}:{{.Tag}}'])).toContain(IMAGES.app);
      expect(await node.exec(['ctr', '--namespace', 'k8s.io', 'images', 'list', '-q'])).toBe('');
    });

    it('takes more images', async () => {
      const dir = mkdtempSync(path.join(tmpdir(), 'lab-image-'));
      try {
        mkdirSync(path.join(dir, 'etc'));
        writeFileSync(path.join(dir, 'etc/motd'), 'hello\n');
        await node.pushImage(dir, 'registry.lab/other:1', ['CMD ["/none"]']);
      } finally {
        rmSync(dir, { recursive: true });
      }
      await node.fillImages(2, 1);
      const images = await node.exec(['docker', 'images', '--format', '{{.Repository}}']);
      expect(images).toContain('registry.lab/other');
      expect(images).toContain('registry.lab/big-2');
    });

    it('has a fingerprint that stays, and shows a changed byte, mode, link or unit', async () => {
      const before = await node.fingerprint();
      expect(before.units['docker.service']).toMatchObject({ enabled: 'enabled', active: 'active' });
      expect(Object.keys(before.files)).toEqual(
        expect.arrayContaining(['/etc/kubernetes/kubelet.conf', '/var/lib/kubelet/config.yaml', '/etc/docker']),
      );
      await node.exec(['systemctl', 'restart', 'kubelet', 'docker']);
      await node.waitReady();
      expect(await node.fingerprint()).toEqual(before);

      await node.exec(
        'echo >>/etc/default/kubelet; chmod 640 /var/lib/kubelet/config.yaml; ln -s /none /etc/docker/link',
      );
      await node.exec(['systemctl', 'disable', 'docker.socket']);
      const { files, units } = await node.fingerprint();
      expect(files['/etc/default/kubelet']?.sha256).not.toBe(before.files['/etc/default/kubelet']?.sha256);
      expect(files['/var/lib/kubelet/config.yaml']?.mode).toBe('640');
      expect(files['/etc/docker/link']?.target).toBe('/none');
      expect(units['docker.socket']?.enabled).toBe('disabled');
    });

    it('comes back from a power cut', async () => {
      const container = await running('fixed-w1', '{.status.containerStatuses[0].containerID}');
      await node.powerOff();
      expect(node.isOn()).toBe(false);
      await expect(node.exec(['true'])).rejects.toThrow('node w1 is off');
      await node.boot();
      expect(await node.waitReady()).toMatch(/^docker:/);
      await waitFor('a new container of the static pod', MINUTE, async () => {
        return (await running('fixed-w1', '{.status.containerStatuses[0].containerID}')) !== container;
      });
      await isRunning('fixed-w1');
    });

    it('reboots in order', async () => {
      const boot = await node.read('/proc/sys/kernel/random/boot_id');
      await node.reboot({ clean: true });
      expect(await node.read('/proc/sys/kernel/random/boot_id')).not.toBe(boot);
      await node.waitReady();
    });

    it('leaves no process, mount, cgroup or bridge', async () => {
      const { layout } = lab;
      expect(leftovers(layout).length).toBeGreaterThan(0);
      await lab.stop();
      expect(leftovers(layout)).toEqual([]);
      expect(existsSync(layout.dir)).toBe(false);
      expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain(layout.dir);
    });
  },
);
