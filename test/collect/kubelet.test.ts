import { describe, expect, it } from 'vitest';
import { collectFakeNode, fakeKube } from './collect-fake-node.js';
import type { FakeHostInput } from './fake-read-host.js';
import { kubeadmNode, unitsAnswer } from './kubeadm-node.js';
import { knownValue } from './known-value.js';

const collect = async (changes: FakeHostInput) => (await collectFakeNode(kubeadmNode(changes))).inventory.kubelet;
const cmdline = (...argv: string[]): Record<string, string> => ({ '/proc/94/cmdline': `${argv.join('\0')}\0` });
const noUnit = {
  'kubelet.service': 'MainPID=0\nLoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=',
};

describe('the kubelet', () => {
  it('takes the last flag, and flags before the configuration', async () => {
    const words = [
      '/usr/bin/kubelet',
      '--config',
      '/var/lib/kubelet/config.yaml',
      '--cgroup_driver=cgroupfs',
      '--cgroup-driver',
      'systemd',
    ];
    const kubelet = knownValue(await collect({ files: cmdline(...words, '--pod-manifest-path=/srv/manifests') }));
    expect(kubelet).toMatchObject({ cgroupDriver: 'systemd', staticPodPath: '/srv/manifests' });
    expect(kubelet.flags).toEqual({
      config: '/var/lib/kubelet/config.yaml',
      'cgroup-driver': 'systemd',
      'pod-manifest-path': '/srv/manifests',
    });
  });

  it('has defaults where neither flags nor a configuration say anything', async () => {
    const kubelet = knownValue(await collect({ files: cmdline('/usr/bin/kubelet', '--kubeconfig=/etc/kubeconfig') }));
    expect(kubelet).toMatchObject({
      configPath: undefined,
      config: {},
      cgroupDriver: 'cgroupfs',
      staticPodPath: undefined,
    });
  });

  it.each([
    ['broken: [', 'is not valid YAML'],
    ['- a list\n', 'is not a KubeletConfiguration'],
    ['cgroupDriver: a\ncgroupDriver: b\n', 'is not valid YAML: Map keys must be unique'],
  ])('is unknown with a configuration like %j', async (text, why) => {
    const fact = await collect({ files: { '/var/lib/kubelet/config.yaml': text } });
    expect(fact).toMatchObject({
      known: false,
      why: expect.stringContaining(`/var/lib/kubelet/config.yaml on w9 ${why}`) as string,
    });
  });

  it('is unknown when the configuration it was started with is gone', async () => {
    const fact = await collect({ files: cmdline('/usr/bin/kubelet', '--config=/etc/gone.yaml') });
    expect(fact).toEqual({ known: false, why: "the kubelet's configuration /etc/gone.yaml is not on w9" });
  });

  it('lays the drop-ins of --config-dir over the configuration', async () => {
    const files = {
      ...cmdline('/usr/bin/kubelet', '--config=/var/lib/kubelet/config.yaml', '--config-dir=/etc/kubelet.d'),
      '/etc/kubelet.d/10-a.conf': 'cgroupDriver: systemd\nauthentication: {webhook: {enabled: true}}\n',
      '/etc/kubelet.d/20-b.conf':
        'authentication: {anonymous: {enabled: false}}\ncontainerRuntimeEndpoint: unix:///run/crio/crio.sock\n',
      '/etc/kubelet.d/30-c.yaml': 'cgroupDriver: cgroupfs\n',
    };
    const answers = { '/usr/bin/kubelet --version': 'Kubernetes v1.28.4\n' };
    const kube = fakeKube({ node: () => Promise.resolve(undefined) });
    const { inventory } = await collectFakeNode(kubeadmNode({ files, answers }), { kube });
    expect(knownValue(inventory.kubelet)).toMatchObject({
      cgroupDriver: 'systemd',
      config: { authentication: { webhook: { enabled: true }, anonymous: { enabled: false } } },
      runtime: { kind: 'cri-o', endpoint: 'unix:///run/crio/crio.sock' },
    });
  });

  it('follows a dockershim.sock that is a link to containerd, and does not take it for another endpoint', async () => {
    const files = cmdline(
      '/usr/bin/kubelet',
      '--container-runtime=remote',
      '--container-runtime-endpoint=unix:///var/run/dockershim.sock',
    );
    const node = kubeadmNode({
      files,
      links: { '/run/dockershim.sock': '/run/containerd/containerd.sock' },
      sockets: ['/run/containerd/containerd.sock'],
    });
    const { inventory, opened } = await collectFakeNode(node);
    expect(knownValue(inventory.kubelet).runtime).toEqual({
      kind: 'containerd',
      endpoint: 'unix:///run/containerd/containerd.sock',
    });
    expect(inventory.criEndpoints.map(({ endpoint }) => endpoint)).toEqual(['unix:///run/containerd/containerd.sock']);
    expect(opened.map(({ what }) => what).sort()).toEqual(['docker', 'unix:///run/containerd/containerd.sock']);
  });

  it('takes the version from the binary that a restart would start, and the runtime from the one that runs', async () => {
    const kubelet = knownValue(await collect({ answers: { '/usr/bin/kubelet --version': 'Kubernetes v1.24.1\n' } }));
    expect(kubelet).toMatchObject({ version: '1.24.1', runtime: { kind: 'dockershim' } });
  });

  it('takes the version from the cluster when the binary does not say', async () => {
    expect(knownValue(await collect({ answers: { '/usr/bin/kubelet --version': { code: 1 } } })).version).toBe(
      '1.21.2',
    );
  });

  it('is unknown when nobody knows its version', async () => {
    const node = kubeadmNode({ answers: { '/usr/bin/kubelet --version': { code: 1, stderr: 'bus error' } } });
    const { inventory } = await collectFakeNode(node, { kube: { unreachable: 'away' } });
    expect(inventory.kubelet).toMatchObject({ known: false, why: expect.stringContaining('bus error') as string });
  });

  it('asks the binary behind a relative name', async () => {
    const node = kubeadmNode({ files: cmdline('kubelet', '--config=/var/lib/kubelet/config.yaml') });
    const { inventory, calls } = await collectFakeNode(node);
    expect(knownValue(inventory.kubelet).version).toBe('1.21.2');
    expect(calls).toContain('query /usr/bin/kubelet --version');
  });

  it('is found in hyperkube', async () => {
    const files = cmdline('/hyperkube', 'kubelet', '--config=/var/lib/kubelet/config.yaml', '--network-plugin=cni');
    const kubelet = knownValue(
      await collect({ files, answers: { '/hyperkube kubelet --version': 'Kubernetes v1.16.3\n' } }),
    );
    expect(kubelet).toMatchObject({ version: '1.16.3', flags: { 'network-plugin': 'cni' } });
  });

  it('is found behind a unit that runs it by docker, in its container', async () => {
    const id = 'c0'.repeat(32);
    const files = {
      '/proc/93/cmdline': 'docker\0run\0--name\0kubelet\0rancher/hyperkube\0',
      ...cmdline('kubelet', '--config=/etc/kubelet.yaml'),
      '/proc/94/cgroup': `1:name=systemd:/docker/${id}\n`,
      '/proc/94/root/etc/kubelet.yaml': 'cgroupDriver: systemd\n',
    };
    const unit = {
      'kubelet.service':
        'MainPID=93\nLoadState=loaded\nActiveState=active\nFragmentPath=/etc/systemd/system/kubelet.service',
    };
    const kubelet = knownValue(await collect({ files, answers: { 'systemctl show': unitsAnswer(unit) } }));
    expect(kubelet).toMatchObject({ pid: 94, inContainer: true, cgroupDriver: 'systemd', version: '1.21.2' });
  });

  it('that no unit starts is like one in a container', async () => {
    const kubelet = knownValue(await collect({ answers: { 'systemctl show': unitsAnswer(noUnit) } }));
    expect(kubelet).toMatchObject({ inContainer: true, execStart: '', environmentFiles: [] });
  });

  it.each([
    ['      1 systemd\n', 'no kubelet runs on w9'],
    ['      1 systemd\n   1200 k3s-agent\n', 'no process of its own is the kubelet on w9: it runs inside k3s-agent'],
    ['   1200 kubelite\n', 'no process of its own is the kubelet on w9: it runs inside kubelite'],
  ])('is unknown where there is none (%j)', async (processes, why) => {
    const fact = await collect({ answers: { 'systemctl show': unitsAnswer(noUnit), 'ps -e': processes } });
    expect(fact).toEqual({ known: false, why });
  });

  it('that has stopped says what its unit does', async () => {
    const unit = { 'kubelet.service': 'MainPID=0\nLoadState=loaded\nActiveState=failed' };
    const fact = await collect({ answers: { 'systemctl show': unitsAnswer(unit), 'ps -e': '1 systemd\n' } });
    expect(fact).toEqual({ known: false, why: 'no kubelet runs on w9, and kubelet.service is failed' });
  });

  it('hides passwords of proxies in its environment', async () => {
    const dropIn = '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf';
    const text =
      '[Service]\nEnvironment=HTTPS_PROXY=http://joe:hunter2@proxy:3128 TOKEN_PASSWORD=hunter2\nExecStart=\nExecStart=/usr/bin/kubelet\n';
    const { inventory } = await collectFakeNode(kubeadmNode({ files: { [dropIn]: text } }));
    expect(knownValue(inventory.kubelet).environment).toEqual({
      HTTPS_PROXY: expect.stringMatching(/^http:\/\/joe:SECRET-[0-9a-f]{12}-\d@proxy:3128$/) as string,
      TOKEN_PASSWORD: expect.stringMatching(/^SECRET-[0-9a-f]{12}-\d$/) as string,
    });
    expect(JSON.stringify(inventory)).not.toContain('hunter2');
  });

  it('expands patterns of environment files', async () => {
    const dropIn = '/etc/systemd/system/kubelet.service.d/10-kubeadm.conf';
    const text = '[Service]\nEnvironmentFile=-/etc/kubelet.env.d/*.env\nEnvironmentFile=/etc/sysconfig/kubelet\n';
    const files = {
      [dropIn]: text,
      '/etc/kubelet.env.d/b.env': 'B=2',
      '/etc/kubelet.env.d/a.env': 'A=1',
      '/etc/kubelet.env.d/.hidden.env': 'H=1',
    };
    const { inventory } = await collectFakeNode(kubeadmNode({ files }));
    expect(knownValue(inventory.kubelet).environmentFiles).toEqual([
      { path: '/etc/kubelet.env.d/a.env', optional: true },
      { path: '/etc/kubelet.env.d/b.env', optional: true },
      { path: '/etc/sysconfig/kubelet', optional: false },
    ]);
    expect(knownValue(inventory.files)['/etc/kubelet.env.d/b.env']).toMatchObject({ exists: true, content: 'B=2' });
  });
});
