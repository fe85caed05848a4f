import { describe, expect, it } from 'vitest';
import { convert } from '../../src/config/convert.js';
import { imagesInUse } from '../../src/config/node/images-in-use.js';
import { unknown } from '../../src/core/fact.js';
import { file, inventory, migrateOptions } from '../fixtures/inventory.js';

type Overrides = Parameters<typeof inventory>[0];

const conversion = (change: Overrides = {}) => convert(inventory(change), migrateOptions());
const text = (change: Overrides, path: string) => conversion(change).files.find((one) => one.path === path)?.content;

const CONFIG = '/etc/containerd/config.toml';

describe('convert', () => {
  it('makes every file a clean node needs, and has nothing to say against it', () => {
    const { files, notices, ...rest } = conversion();
    expect(notices).toEqual([]);
    expect(files.map(({ group, path, mode }) => [group, path, mode])).toEqual([
      ['kernel', '/etc/modules-load.d/dockershim-migrate.conf', 0o644],
      ['kernel', '/etc/sysctl.d/99-dockershim-migrate.conf', 0o644],
      ['runtime', CONFIG, 0o644],
      ['kubelet', '/var/lib/kubelet/kubeadm-flags.env', 0o644],
      ['kubelet', '/etc/crictl.yaml', 0o644],
    ]);
    for (const { why, content } of files) expect([why, content]).not.toContain('');
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
      "a secret in config.toml that is no registry's",
      {
        files: {
          value: { [CONFIG]: { ...file('version = 2\n[plugins."x"]\nsecret = "***"\n'), sha256: 'of the true text' } },
        },
      },
      'containerd-config',
      /secret/,
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

  it('names what of daemon.json is not carried over', () => {
    const { notices } = conversion({
      docker: { value: { daemonJson: { 'registry-mirrors': ['https://m'], 'log-opts': { 'max-size': '1m' } } } },
    });
    expect(notices.map(({ level, message }) => [level, message.split(' ')[0]])).toEqual([
      ['warning', 'registry-mirrors'],
      ['warning', 'log-opts'],
    ]);
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

  it('knows CRI-O by its endpoint, and not more yet', () => {
    const { endpoint, runtimeUnit, files, notices } = convert(inventory(), migrateOptions({ target: 'crio' }));
    expect([endpoint, runtimeUnit, files]).toEqual(['unix:///var/run/crio/crio.sock', 'crio.service', []]);
    expect(notices).toMatchObject([{ level: 'blocker' }]);
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
