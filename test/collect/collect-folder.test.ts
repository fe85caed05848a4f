import { describe, expect, it } from 'vitest';
import { collectFolder } from '../../src/collect/collect-folder.js';
import { valueOf } from '../../src/core/fact.js';
import { fakeReadHost } from './fake-read-host.js';

const target = { kind: 'containerd', version: '1.6.0' } as const;
const FLAGS = '/var/lib/kubelet/kubeadm-flags.env';

const collected = async (
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
  kubelet?: string,
) => {
  // No command is there, as in a folder.
  const without = ['stat', 'cat', 'find', 'sha256sum', 'grep', 'systemctl'];
  const host = fakeReadHost({ name: 'a folder', files, links, without });
  const { inventory, ...rest } = await collectFolder({ host, target, kubelet });
  return {
    ...rest,
    inventory,
    kubelet: valueOf(inventory.kubelet),
    docker: valueOf(inventory.docker),
    units: valueOf(inventory.units) ?? {},
    files: valueOf(inventory.files) ?? {},
  };
};

describe('collectFolder', () => {
  it("reads a kubeadm node's files as its kubelet would", async () => {
    const { kubelet, assumptions, kubeletAssumed } = await collected({
      [FLAGS]: 'KUBELET_KUBEADM_ARGS="--network-plugin=cni --pod-infra-container-image=k8s.gcr.io/pause:3.6"\n',
      '/etc/default/kubelet': 'KUBELET_EXTRA_ARGS=--node-ip 10.0.0.1 --v=2\n',
      '/var/lib/kubelet/config.yaml': 'cgroupDriver: systemd\nstaticPodPath: /etc/kubernetes/manifests\n',
    });
    expect(kubelet?.argv.slice(0, 1)).toEqual(['/usr/bin/kubelet']);
    expect(kubelet?.flags).toEqual({
      'bootstrap-kubeconfig': '/etc/kubernetes/bootstrap-kubelet.conf',
      kubeconfig: '/etc/kubernetes/kubelet.conf',
      config: '/var/lib/kubelet/config.yaml',
      'network-plugin': 'cni',
      'pod-infra-container-image': 'k8s.gcr.io/pause:3.6',
      'node-ip': '10.0.0.1',
      v: '2',
    });
    expect(kubelet?.environmentFiles.map(({ path }) => path)).toEqual([FLAGS, '/etc/default/kubelet']);
    expect(kubelet).toMatchObject({
      version: '1.23.0',
      cgroupDriver: 'systemd',
      staticPodPath: '/etc/kubernetes/manifests',
      runtime: { kind: 'dockershim' },
    });
    expect(kubeletAssumed).toBe(false);
    expect(assumptions).toEqual([
      'the kubelet is taken to be 1.23, the newest with dockershim: --kubelet tells otherwise',
      "no unit of the kubelet is there: kubeadm's is assumed",
    ]);
  });

  it('takes the unit that is there, its drop-ins in the order of their names, those of /etc before others', async () => {
    const { kubelet, units, assumptions } = await collected(
      {
        '/lib/systemd/system/kubelet.service': '[Unit]\nAfter=docker.service\n[Service]\nExecStart=/usr/bin/kubelet\n',
        '/lib/systemd/system/kubelet.service.d/10-a.conf': '[Service]\nEnvironment=A=--v=1\n',
        '/etc/systemd/system/kubelet.service.d/10-a.conf':
          '[Service]\nEnvironment="A=--v=4 --network-plugin=cni"\nEnvironmentFile=-/etc/kubelet.env\n',
        '/usr/lib/systemd/system/kubelet.service.d/05-b.conf':
          '[Service]\nExecStart=\nExecStart=/opt/kubelet ${B} $A $C\n',
        '/usr/lib/systemd/system/kubelet.service.d/20-c.conf': '[Service]\nExecStart=/never\n',
        '/usr/lib/systemd/system/kubelet.service.d/README': 'no drop-in',
        '/etc/kubelet.env': "B='--node-labels=a=b c'\n",
      },
      { '/etc/systemd/system/kubelet.service.d/20-c.conf': '/dev/null' },
      '1.21.5',
    );
    expect(units['kubelet.service']).toMatchObject({
      loadState: 'loaded',
      fragmentPath: '/lib/systemd/system/kubelet.service',
      dropInPaths: [
        '/usr/lib/systemd/system/kubelet.service.d/05-b.conf',
        '/etc/systemd/system/kubelet.service.d/10-a.conf',
      ],
      after: ['docker.service'],
    });
    expect(kubelet?.argv).toEqual(['/opt/kubelet', '--node-labels=a=b c', '--v=4', '--network-plugin=cni']);
    expect(kubelet?.version).toBe('1.21.5');
    expect(assumptions).toEqual(["the kubelet's files name no cgroup driver: cgroupfs, as Docker's, is assumed"]);
  });

  it('knows a unit that is masked, and one that is not there', async () => {
    const { units } = await collected(
      { '/etc/docker/daemon.json': '{}' },
      { '/etc/systemd/system/crio.service': '/dev/null' },
    );
    expect(units['crio.service']).toMatchObject({ loadState: 'masked', dropInPaths: [] });
    expect(units['containerd.service']).toMatchObject({ loadState: 'not-found', fragmentPath: '' });
    expect(units['docker.service']).toMatchObject({ loadState: 'loaded', fragmentPath: '' });
  });

  it('assumes a kubelet as kubeadm starts it where nothing of it is there', async () => {
    const { kubelet, docker, assumptions, kubeletAssumed } = await collected({
      '/etc/docker/daemon.json': '{"exec-opts": ["native.cgroupdriver=systemd"]}',
    });
    expect(kubeletAssumed).toBe(true);
    expect(kubelet).toMatchObject({ cgroupDriver: 'systemd', flags: { 'network-plugin': 'cni' } });
    expect(docker).toMatchObject({ cgroupDriver: 'systemd', storageDriver: 'overlay2', rootDir: '/var/lib/docker' });
    expect(assumptions.join('\n')).toContain('no file of the kubelet is there');
  });

  it.each([
    ['1.22.0', 'dockershim', 'unix:///run/dockershim.sock'],
    ['1.26.0', 'cri-dockerd', 'unix:///run/cri-dockerd.sock'],
  ])('takes a kubelet %s to be on Docker by %s', async (version, kind, endpoint) => {
    const { kubelet } = await collected({ '/etc/docker/daemon.json': '{}' }, {}, version);
    expect(kubelet?.runtime).toEqual({ kind, endpoint });
  });

  it.each([
    // daemon.json, config.yaml → the kubelet's driver, Docker's
    ['{}', '', 'cgroupfs', 'cgroupfs'],
    ['{}', 'cgroupDriver: systemd', 'systemd', 'systemd'],
    ['{"exec-opts": ["native.cgroupdriver=systemd"]}', 'maxPods: 10', 'systemd', 'systemd'],
    ['{"exec-opts": ["native.cgroupdriver=cgroupfs"]}', 'cgroupDriver: systemd', 'systemd', 'cgroupfs'],
  ])('with %s and %j has the cgroup drivers %s and %s', async (json, yaml, ofKubelet, ofDocker) => {
    const { kubelet, docker } = await collected({
      '/etc/docker/daemon.json': json,
      [FLAGS]: 'KUBELET_KUBEADM_ARGS=""\n',
      ...(yaml === '' ? {} : { '/var/lib/kubelet/config.yaml': yaml }),
    });
    expect([kubelet?.cgroupDriver, docker?.cgroupDriver]).toEqual([ofKubelet, ofDocker]);
  });

  it('has every fact that a conversion rests on', async () => {
    const { inventory } = await collected({ '/etc/docker/daemon.json': '{"ip-forward": false}' });
    const { files, kubelet, docker, containerd, kernel, units, cni, disks, pods, runtimeClasses } = inventory;
    const unknown = Object.entries({
      files,
      kubelet,
      docker,
      containerd,
      kernel,
      units,
      cni,
      disks,
      pods,
      runtimeClasses,
    })
      .filter(([, fact]) => !fact.known)
      .map(([name]) => name);
    expect(unknown).toEqual([]);
    expect(valueOf(kernel)?.sysctls['net.ipv4.ip_forward']).toBe('0');
  });

  it('refuses a folder that holds nothing of a node', async () => {
    await expect(collected({ '/readme.md': 'hello' })).rejects.toThrow(
      'a folder holds none of the files that are converted',
    );
  });

  it.each([
    ['cgroupDriver: [', 'is not valid YAML'],
    ['[1]', 'is not a KubeletConfiguration'],
    ['['.repeat(5000), 'is nested too deeply'],
    [
      `a: &a [x]\n${Array.from({ length: 9 }, (_, i) => `b${i}: &b${i} [${`*${i === 0 ? 'a' : `b${i - 1}`},`.repeat(9)}]`).join('\n')}`,
      'cannot be read',
    ],
  ])('says what is wrong with a kubelet configuration %#', async (yaml, reason) => {
    await expect(collected({ '/var/lib/kubelet/config.yaml': yaml })).rejects.toThrow(reason);
  });
});
