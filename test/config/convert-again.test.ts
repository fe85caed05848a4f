import { describe, expect, it } from 'vitest';
import { collectFolder } from '../../src/collect/collect-folder.js';
import { openFolder } from '../../src/cli/wire.js';
import { convert } from '../../src/config/convert.js';
import { maskSecrets } from '../../src/core/secret-markers.js';
import type { Conversion } from '../../src/core/conversion.js';
import type { Target } from '../../src/core/plan.js';
import { folderOf } from '../collect/folder-of.js';

type Files = Readonly<Record<string, string>>;

async function converted(files: Files, kind: Target, version: string, kubelet: string): Promise<Conversion> {
  const host = await openFolder(folderOf(files), 'folder');
  const { inventory } = await collectFolder({ host, target: { kind, version }, kubelet });
  return convert(inventory, { target: kind } as Parameters<typeof convert>[1]);
}

const UNIT = { 'usr/lib/systemd/system/docker.service': '[Service]\nExecStart=/usr/bin/dockerd\n' };
const DAEMON = {
  'exec-opts': ['native.cgroupdriver=systemd'],
  'log-opts': { 'max-size': '50m', 'max-file': '4' },
  'registry-mirrors': ['https://m.lab'],
  'insecure-registries': ['n.lab:5000', '10.0.0.0/8'],
  runtimes: { other: { path: '/usr/bin/other' } },
  'default-ulimits': { nofile: { Name: 'nofile', Soft: 65536, Hard: 65536 } },
  'data-root': '/data/docker',
};
const KUBEADM = 'var/lib/kubelet/kubeadm-flags.env';

/** A node whose kubelet says by flags what a remote runtime has in its own configuration. */
const node = (minor: number, daemon: object = DAEMON): Files => ({
  ...UNIT,
  'etc/docker/daemon.json': JSON.stringify(daemon),
  'var/lib/kubelet/config.yaml': 'cgroupDriver: systemd\n',
  [KUBEADM]: `KUBELET_KUBEADM_ARGS="--network-plugin=cni --pod-infra-container-image=mine.lab/pause:1"\n`,
  ...(minor <= 23
    ? {
        'etc/default/kubelet':
          'KUBELET_EXTRA_ARGS=--cni-bin-dir=/opt/mine/bin --cni-conf-dir=/etc/mine --image-pull-progress-deadline=7m\n',
      }
    : {}),
});

const contents = ({ files }: Conversion): Files =>
  Object.fromEntries(files.map(({ path, content }) => [path.slice(1), maskSecrets(content)]));

const CASES: readonly (readonly [Target, string, number])[] = [
  ['containerd', '1.6.0', 23],
  ['containerd', '1.7.0', 23],
  ['containerd', '2.1.0', 23],
  ['containerd', '2.3.0', 36],
  ['crio', '1.23.0', 23],
  ['crio', '1.32.0', 23],
  ['crio', '1.36.0', 36],
  ['cri-dockerd', '0.3.4', 23],
];

describe('convert, of what it wrote itself', () => {
  it.each(CASES)('changes nothing for %s %s and a kubelet 1.%i', async (kind, version, minor) => {
    const before = node(minor);
    const once = await converted(before, kind, version, `1.${minor}.0`);
    expect(once.notices.filter(({ level }) => level !== 'warning')).toEqual([]);
    expect(once.files.length).toBeGreaterThan(2);
    const after = { ...before, ...contents(once) };
    const twice = await converted(after, kind, version, `1.${minor}.0`);
    expect(twice.notices.filter(({ level }) => level !== 'warning')).toEqual([]);
    for (const [path, content] of Object.entries(contents(twice))) expect([path, content]).toEqual([path, after[path]]);
  });
});

describe('convert', () => {
  const row = ({ settings }: Conversion, key: string) => settings.find((one) => one.key === key);
  const said = ({ notices }: Conversion, level: string): string =>
    notices
      .filter((one) => one.level === level)
      .map(({ message, fix }) => `${message}; ${fix}`)
      .join('\n');
  const withFlags = (flags: string): Files => ({ ...node(23), [KUBEADM]: `KUBELET_KUBEADM_ARGS="${flags}"\n` });

  it.each([
    ['--network-plugin=kubenet', 'kubenet'],
    ['--v=2', "Docker's own network"],
  ])('refuses a kubelet with %s, whose pods are on no CNI network', async (flags, network) => {
    for (const [kind, version] of [
      ['containerd', '1.6.0'],
      ['crio', '1.23.0'],
    ] as const) {
      const conversion = await converted(withFlags(flags), kind, version, '1.23.0');
      expect(said(conversion, 'blocker')).toMatch(new RegExp(`${network}.*install a CNI network`));
      expect(conversion.files.map(({ path }) => path)).not.toContain(`/${KUBEADM}`);
    }
    const stays = await converted(withFlags(flags), 'cri-dockerd', '0.3.4', '1.23.0');
    expect(said(stays, 'blocker')).toBe('');
  });

  it.each([
    ['containerd', '1.6.0', false],
    ['containerd', '1.7.0', true],
    ['crio', '1.30.10', false],
    ['crio', '1.30.11', true],
    ['crio', '1.31.2', false],
    ['crio', '1.31.3', true],
    ['crio', '1.32.0', true],
  ] as const)('says of the deadline of pulls for %s %s that it moves: %s', async (kind, version, moves) => {
    const conversion = await converted(node(23), kind, version, '1.23.0');
    const texts = Object.values(contents(conversion)).join('\n');
    expect(row(conversion, '--image-pull-progress-deadline')?.outcome).toBe(moves ? 'converted' : 'warning');
    expect(/pull_progress_timeout = "7m/.test(texts)).toBe(moves);
    expect(said(conversion, 'warning').includes('--image-pull-progress-deadline')).toBe(!moves);
  });

  it('names the net, and the mirror, of which it warns', async () => {
    const mirrors = { 'registry-mirrors': ['ftp://one.lab', 'https://user:word@two.lab/x'] };
    const conversion = await converted(node(23, { ...DAEMON, ...mirrors }), 'containerd', '1.6.0', '1.23.0');
    expect(said(conversion, 'warning')).toContain('10.0.0.0/8');
    expect(said(conversion, 'blocker')).toContain('one.lab: a mirror is reached by HTTPS or HTTP');
    expect(said(conversion, 'blocker')).toContain('two.lab: dockerd takes no mirror with a user name');
    expect(JSON.stringify(conversion)).not.toContain('user:word');
  });

  it('names the file of containerd 1.4, which knows no hosts.toml', async () => {
    const conversion = await converted(
      { ...node(21), 'etc/docker/certs.d/c.lab/ca.crt': '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n' },
      ...(['containerd', '1.4.0', '1.21.0'] as const),
    );
    for (const key of ['registry-mirrors', 'insecure-registries', 'ca.crt']) {
      expect(row(conversion, key)?.target).toMatch(/^\/etc\/containerd\/config\.toml registry/);
    }
  });

  it('says of k3s what goes to its files, and that the rest is not taken over', async () => {
    const k3s = {
      'etc/docker/daemon.json': JSON.stringify({ ...DAEMON, debug: true }),
      'etc/rancher/k3s/config.yaml': 'docker: true\n',
    };
    const conversion = await converted(k3s, 'containerd', '2.1.0', '1.32.0');
    expect(row(conversion, 'registry-mirrors')?.target).toBe('/etc/rancher/k3s/registries.yaml');
    expect(row(conversion, 'runtimes.other')?.target).toContain('/var/lib/rancher/k3s/agent/etc/containerd/');
    for (const key of ['log-opts.max-size', 'default-ulimits.nofile', 'debug', 'data-root']) {
      expect([key, row(conversion, key)?.outcome, row(conversion, key)?.target]).toEqual([key, 'warning', '']);
      expect(said(conversion, 'warning')).toContain(`${key} of /etc/docker/daemon.json`);
    }
    expect(conversion.settings.filter(({ target }) => target.startsWith('/etc/containerd/'))).toEqual([]);
  });

  it('says that a default handler of an administrator gives way to the one that Docker runs pods by', async () => {
    const config =
      'version = 2\n[plugins."io.containerd.grpc.v1.cri".containerd]\n  default_runtime_name = "mine"\n  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.mine]\n    runtime_type = "io.containerd.runc.v2"\n';
    const conversion = await converted(
      { ...node(23), 'etc/containerd/config.toml': config },
      ...(['containerd', '1.6.0', '1.23.0'] as const),
    );
    expect(said(conversion, 'warning')).toContain('default_runtime_name = "mine", which becomes "runc"');
  });

  it("adds the runtime's flags to the variable that chose the runtime, and not to one beside it", async () => {
    const conversion = await converted(
      {
        ...UNIT,
        'etc/docker/daemon.json': JSON.stringify(DAEMON),
        'etc/kubernetes/kubelet.env': 'KUBELET_ARGS="--network-plugin=cni --v=2"\nKUBELET_CLOUDPROVIDER=""\n',
        'etc/systemd/system/kubelet.service':
          '[Service]\nEnvironmentFile=/etc/kubernetes/kubelet.env\nExecStart=/usr/bin/kubelet $KUBELET_ARGS $KUBELET_CLOUDPROVIDER\n',
      },
      ...(['containerd', '1.6.0', '1.22.0'] as const),
    );
    const text = contents(conversion)['etc/kubernetes/kubelet.env'];
    expect(text).toMatch(/^KUBELET_ARGS="--container-runtime=remote --container-runtime-endpoint=\S+ .*--v=2"$/m);
    expect(text).toContain('KUBELET_CLOUDPROVIDER=""\n');
  });
});
