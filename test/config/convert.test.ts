import { describe, expect, it } from 'vitest';
import { convert } from '../../src/config/convert.js';
import { imagesInUse } from '../../src/config/node/images-in-use.js';
import { known, unknown } from '../../src/core/fact.js';
import { hideSecrets } from '../../src/core/secret-markers.js';
import { file, inventory, migrateOptions } from '../fixtures/inventory.js';

type Overrides = Parameters<typeof inventory>[0];

const conversion = (change: Overrides = {}) => convert(inventory(change), migrateOptions());
const text = (change: Overrides, path: string) => conversion(change).files.find((one) => one.path === path)?.content;

const CONFIG = '/etc/containerd/config.toml';
const CRIO_PATHS = { configPath: '/etc/crio/crio.conf', configDir: '/etc/crio/crio.conf.d' };

const SETTINGS = [
  ['exec-opts', 'converted'],
  ['storage-driver', 'converted'],
  ['hosts', 'not-needed'],
  ['--network-plugin', 'not-needed'],
  ['--pod-infra-container-image', 'converted'],
  ['cgroupDriver', 'converted'],
];
const DIFFERENCES = [
  'log-format',
  'log-path',
  'log-rotation',
  'sysctl:net.ipv4.ip_unprivileged_port_start',
  'sysctl:net.ipv4.ping_group_range',
];

describe('convert', () => {
  it('makes every file a clean node needs, and has nothing to say against it', () => {
    const { files, notices, settings, differences, ...rest } = conversion();
    expect(notices).toEqual([]);
    expect(files.map(({ group, path, mode }) => [group, path, mode])).toEqual([
      ['kernel', '/etc/modules-load.d/containerd.conf', 0o644],
      ['kernel', '/etc/sysctl.d/99-kubernetes-cri.conf', 0o644],
      ['runtime', CONFIG, 0o644],
      ['kubelet', '/var/lib/kubelet/kubeadm-flags.env', 0o644],
      ['kubelet', '/etc/crictl.yaml', 0o644],
    ]);
    for (const { why, content } of files) expect([why, content]).not.toContain('');
    expect(settings.map(({ key, outcome }) => [key, outcome])).toEqual(SETTINGS);
    expect(differences.map(({ aspect }) => aspect)).toEqual(DIFFERENCES);
    expect(rest).toEqual({
      runtimeUnit: 'containerd.service',
      endpoint: 'unix:///run/containerd/containerd.sock',
      cgroupDriver: 'systemd',
      sandboxImage: 'k8s.gcr.io/pause:3.4.1',
      kernelModules: ['overlay', 'br_netfilter'],
      sysctls: {
        'net.bridge.bridge-nf-call-ip6tables': '1',
        'net.bridge.bridge-nf-call-iptables': '1',
        'net.ipv4.ip_forward': '1',
      },
      runtimeConfigPath: CONFIG,
      manifests: [],
    });
  });

  it('is the same for the same inventory', () => {
    expect(JSON.stringify(conversion())).toBe(JSON.stringify(conversion()));
  });

  it('takes the CNI directories from the kubelet', () => {
    const flags = { 'cni-conf-dir': '/etc/cni/mine/', 'cni-bin-dir': '/usr/lib/cni,/usr/lib/cni/' };
    const config = text({ kubelet: { value: { flags } } }, CONFIG);
    expect(config).toContain('bin_dir = "/usr/lib/cni"');
    expect(config).toContain('conf_dir = "/etc/cni/mine"');
  });

  it.each([
    ['overlay2', 'ext4', 'overlayfs'],
    ['vfs', 'ext4', 'native'],
    ['btrfs', 'btrfs', 'btrfs'],
    ['btrfs', 'ext4', 'overlayfs'],
    ['zfs', 'zfs', 'zfs'],
    ['devicemapper', 'xfs', 'overlayfs'],
  ])('for the storage driver %s on %s takes %s', (storageDriver, fsType, snapshotter) => {
    const disks = { value: [{ path: '/var/lib/containerd', mountPoint: '/', fsType, freeBytes: 1, totalBytes: 1 }] };
    expect(text({ docker: { value: { storageDriver } }, disks }, CONFIG)).toContain(`snapshotter = "${snapshotter}"`);
  });

  it('follows containerd to the configuration and the socket its unit gives it', () => {
    const path = '/etc/mine/containerd.toml';
    const { runtimeConfigPath, endpoint, files } = conversion({
      files: {
        value: {
          '/lib/systemd/system/containerd.service': file(`[Service]\nExecStart=/usr/bin/containerd --config ${path}\n`),
          [path]: file('version = 2\n[grpc]\naddress = "/var/run/mine.sock"\n', 0o600),
        },
      },
    });
    expect([runtimeConfigPath, endpoint]).toEqual([path, 'unix:///run/mine.sock']);
    expect(files.find((one) => one.path === path)?.mode).toBe(0o600);
    expect(files.find((one) => one.path.endsWith('kubeadm-flags.env'))?.content).toContain('=unix:///run/mine.sock ');
    expect(files.find((one) => one.path === '/etc/crictl.yaml')?.content).toContain('unix:///run/mine.sock');
  });

  it.each<[string, Overrides, string, RegExp]>([
    ['two cgroup drivers', { docker: { value: { cgroupDriver: 'cgroupfs' } } }, 'cgroup-driver', /systemd.*cgroupfs/],
    [
      'a broken config.toml',
      { files: { value: { [CONFIG]: file('a = \n') } } },
      'containerd-config',
      /config\.toml.*line 1/,
    ],
    [
      'a broken crictl.yaml',
      { files: { value: { '/etc/crictl.yaml': file('a: [\n') } } },
      'crictl-config',
      /crictl\.yaml.*line/,
    ],
    [
      'a default runtime without a handler',
      { docker: { value: { defaultRuntime: 'nvidia' } } },
      'containerd-config',
      /nvidia/,
    ],
  ])('is blocked by %s', (_what, change, gate, message) => {
    const { notices } = conversion(change);
    expect(notices).toMatchObject([{ level: 'blocker', gate, message: expect.stringMatching(message) as string }]);
  });

  it("takes Docker's other names for runc for runc", () => {
    expect(text({ docker: { value: { defaultRuntime: 'io.containerd.runc.v2' } } }, CONFIG)).toContain(
      'default_runtime_name = "runc"',
    );
  });

  it('carries a secret of config.toml along as its marker', () => {
    const marked = hideSecrets('version = 2\n[plugins."x"]\nsecret = "hunter2"\n', CONFIG);
    expect(marked).not.toContain('hunter2');
    const marker = /secret = (".*")/.exec(marked)?.[1] ?? '';
    expect(text({ files: { value: { [CONFIG]: file(marked) } } }, CONFIG)).toContain(`secret = ${marker}`);
  });

  it('carries over what daemon.json says, and has a line of the table for each of it', () => {
    const said = { 'registry-mirrors': ['https://m'], 'log-opts': { 'max-size': '1m', 'max-file': '3' } };
    const made = conversion({ files: { value: { '/etc/docker/daemon.json': file(JSON.stringify(said)) } } });
    expect(made.notices.filter(({ level }) => level !== 'warning')).toEqual([]);
    const keys = made.settings.filter(({ source }) => source === '/etc/docker/daemon.json').map(({ key }) => key);
    expect(keys).toEqual(['registry-mirrors', 'log-opts.max-size', 'log-opts.max-file']);
    const hosts = made.files.find(({ path }) => path === '/etc/containerd/certs.d/docker.io/hosts.toml');
    expect(hosts?.content).toContain('[host."https://m"]');
    const kubelet = made.files.find(({ path }) => path === '/var/lib/kubelet/config.yaml');
    expect(kubelet?.content).toContain('containerLogMaxSize: 1M\n');
  });

  it.each(['files', 'kubelet', 'docker', 'containerd', 'kernel', 'units'] as const)(
    'writes nothing on a guess about %s',
    (fact) => {
      const { notices, files } = conversion({ [fact]: unknown('the host did not answer') });
      expect(notices.length).toBeGreaterThan(0);
      expect(
        notices.every(({ level, message }) => level === 'undecided' && message.includes('the host did not answer')),
      ).toBe(true);
      const rests: Record<typeof fact, readonly string[]> = {
        files: ['kernel', 'runtime', 'kubelet'],
        kubelet: ['runtime', 'kubelet'],
        docker: ['runtime'],
        containerd: ['runtime'],
        kernel: ['kernel'],
        units: ['kubelet'],
      };
      expect(files.map(({ group }) => group).filter((group) => rests[fact].includes(group))).toEqual([]);
    },
  );

  it("makes CRI-O's files, and none for a CRI-O that is not there", () => {
    const options = migrateOptions({ target: 'crio' });
    const crio = { binary: '/usr/bin/crio', version: '1.21.7', ...CRIO_PATHS, effectiveConfig: undefined };
    const made = convert(inventory({ crio: known(crio, 'crio --version') }), options);
    expect([made.endpoint, made.runtimeUnit]).toEqual(['unix:///var/run/crio/crio.sock', 'crio.service']);
    expect(made.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/etc/crio/crio.conf.d/10-docker-migration.conf', '/var/lib/kubelet/kubeadm-flags.env']),
    );
    expect(made.notices.filter(({ level }) => level !== 'warning')).toEqual([]);
    const without = convert(inventory(), options);
    expect(without.notices).toMatchObject([
      { level: 'undecided', message: expect.stringContaining('CRI-O') as string },
    ]);
    expect(without.files.filter(({ group }) => group !== 'kernel')).toEqual([]);
  });

  it('leaves Docker as it is for cri-dockerd', () => {
    const facts = {
      binary: '/usr/bin/cri-dockerd',
      version: '0.3.4',
      unit: 'cri-docker.service',
      execStart: '/usr/bin/cri-dockerd --container-runtime-endpoint fd://',
    };
    const node = inventory({ criDockerd: known(facts, 'cri-dockerd --version') });
    const made = convert(node, migrateOptions({ target: 'cri-dockerd' }));
    expect(made.notices).toEqual([]);
    expect(made.files.map(({ group, path }) => [group, path])).toEqual([
      ['runtime', '/etc/systemd/system/cri-docker.service.d/10-docker-migration.conf'],
      ['kubelet', '/var/lib/kubelet/kubeadm-flags.env'],
      ['kubelet', '/etc/crictl.yaml'],
    ]);
    expect(made.files[1]?.content).toContain('--container-runtime-endpoint=unix:///run/cri-dockerd.sock');
    expect(made.differences).toEqual([]);
  });
});

describe('imagesInUse', () => {
  it('are those of pods, the sandbox image, and those no registry has', () => {
    const base = inventory();
    const images = base.docker.known ? base.docker.value.images : [];
    const pullable = { id: 'sha256:z1', tags: ['old:1'], digests: ['old@sha256:aa'], sizeBytes: 1 };
    const local = { id: 'sha256:z2', tags: ['built-here:1'], digests: [], sizeBytes: 1 };
    const nameless = { id: 'sha256:z3', tags: [], digests: [], sizeBytes: 1 };
    const node = inventory({ docker: { value: { images: [pullable, local, nameless, ...images] } } });
    expect(imagesInUse(node, 'k8s.gcr.io/pause:3.4.1').map(({ id }) => id)).toEqual([
      ...images.map(({ id }) => id),
      local.id,
    ]);
  });
});
