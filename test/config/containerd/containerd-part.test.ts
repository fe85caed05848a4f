import { describe, expect, it } from 'vitest';
import { parseToml } from '../../../src/config/text/toml-document.js';
import { file, NO_FILE } from '../../fixtures/inventory.js';
import { golden } from '../golden.js';
import { CASES } from './cases.js';
import { after, part, partOf, PATH, R2, type Intent } from './part.js';

const withText = (text: string) => ({ [PATH]: text });
const nothing = { [PATH]: NO_FILE };

describe('containerdPart', () => {
  it.each(CASES.flatMap(([name, versions, intent]) => versions.map((version) => [name, version, intent] as const)))(
    'is %s for containerd %s, and the same when it is there',
    (name, version, intent) => {
      const made = part(intent, version);
      expect(made.config).toBe(golden(`containerd/${name}`));
      const again = partOf(intent, version, after(nothing, made));
      expect(again.files).toEqual(made.files);
    },
  );

  it.each([
    [
      "Docker's package",
      '#   Copyright 2018-2022 Docker Inc.\n\ndisabled_plugins = ["cri"]\n\n#root = "/var/lib/containerd"\n',
    ],
    ['nobody', ''],
    ['only spaces', '\n\n'],
    ['a disabled CRI in version 2', 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n'],
    ['a version', 'version = 2\n'],
    ['itself', golden('containerd/systemd-v2.toml')],
  ])('replaces a file of %s', (_whose, existing) => {
    const { config, notices } = part({}, '1.6.20', withText(existing));
    expect(config).toBe(golden('containerd/systemd-v2.toml'));
    expect(notices).toEqual([]);
  });

  it.each([
    ['1.6.20', 'kept-v2.toml'],
    ['2.1.3', 'kept-v3.toml'],
  ])('of containerd %s keeps what an administrator wrote, and the comments', (version, name) => {
    const once = part({}, version, withText(golden('containerd/kept.in.toml')));
    expect(once.config).toBe(golden(`containerd/${name}`));
    // Its default handler is not the one that runs pods today.
    expect(once.notices).toMatchObject([
      { level: 'warning', message: expect.stringContaining('default_runtime_name = "') as string },
    ]);
    const again = part({}, version, once.texts);
    expect(again.config).toBe(once.config);
    expect(again.notices).toEqual([]);
  });

  it('keeps a file of version 4, with its place for metrics', () => {
    const text = `# of version 4\nversion = 4\n\n[plugins.'io.containerd.server.v1.grpc']\n  uid = 1\n`;
    const { config } = part({ metricsAddress: '127.0.0.1:1338' }, '2.3.0', withText(text));
    expect(config?.startsWith('# of version 4\nversion = 4\n')).toBe(true);
    expect(config).toContain(`[plugins.'io.containerd.server.v1.metrics']\n  address = "127.0.0.1:1339"\n`);
    expect(config).not.toContain('[metrics]');
  });

  it('reads plugins of version 1 by their short names', () => {
    const existing =
      'disabled_plugins = ["cri", "aufs"]\n[plugins.scheduler]\npause_threshold = 0.02 # low\n[plugins.cri]\nsystemd_cgroup = true\nenable_selinux = true\n';
    const { config, notices } = part({}, '1.6.20', withText(existing));
    expect(notices).toEqual([]);
    expect(config).toContain('disabled_plugins = ["io.containerd.snapshotter.v1.aufs"]');
    expect(config).toContain('[plugins."io.containerd.gc.v1.scheduler"]\npause_threshold = 0.02 # low\n');
    expect(config).toMatch(/^enable_selinux = true$/m);
    expect(config).not.toContain('systemd_cgroup');
    expect(config?.startsWith('version = 2\n')).toBe(true);
  });

  it('takes what a default of 1.6 is out of a file for 2.x that does not know it any more', () => {
    const text = `version = 2\n[${R2}]\ndisable_cgroup = false\n[${R2}.containerd]\nno_pivot = false\n[${R2}.containerd.runtimes.runc]\nruntime_engine = ""\nruntime_root = ""\nruntime_type = "io.containerd.runc.v2"\n[${R2}.containerd.default_runtime]\nruntime_type = ""\n`;
    expect(part({}, '1.6.20', withText(text)).config).toContain('runtime_engine = ""');
    const { config } = part({}, '2.0.5', withText(text));
    expect(parseToml(config ?? '')).toEqual(parseToml(golden('containerd/systemd-v3.toml')));
  });

  it('lets an administrator choose what is no matter of life and death, and says so', () => {
    const text = `version = 2\nroot = "/big/containerd"\n[debug]\nlevel = "warn"\n[${R2}.containerd]\nsnapshotter = "stargz"\n`;
    const { config, notices } = part(
      { logLevel: 'debug', dataRoot: '/data/docker', storageDriver: 'btrfs' },
      '1.6.20',
      withText(text),
    );
    for (const kept of ['root = "/big/containerd"', 'level = "warn"', 'snapshotter = "stargz"']) {
      expect(config).toContain(kept);
      expect(notices).toContainEqual(
        expect.objectContaining({ level: 'warning', message: expect.stringContaining(kept) as string }),
      );
    }
    expect(notices).toHaveLength(3);
  });

  it('warns of a root that moves, for what is in the old one is lost to containerd', () => {
    const { config, notices } = part({ dataRoot: '/data/docker/' }, '1.6.20');
    expect(config).toContain('root = "/data/containerd"\n');
    expect(notices).toMatchObject([
      { level: 'warning', message: expect.stringContaining('/data/containerd') as string },
    ]);
    expect(part({ dataRoot: '/data/containerd' }, '1.6.20').config).toContain('root = "/data/containerd-data"\n');
    expect(part({ dataRoot: '/docker' }, '1.6.20').config).toContain('root = "/containerd"\n');
    expect(part({ dataRoot: '/var/lib/docker' }, '1.6.20').config).not.toContain('root =');
  });

  it('moves no root under containers of Docker', () => {
    const made = partOf({ dataRoot: '/data/docker' }, '1.6.20', nothing, true);
    expect(made.config).toBe(golden('containerd/systemd-v2.toml'));
    expect(made.notices).toEqual([]);
    const own = { [PATH]: file('version = 2\nroot = "/own"\n') };
    expect(partOf({ dataRoot: '/data/docker' }, '1.6.20', own, true).notices).toEqual([]);
  });

  it('raises no OOM score that the unit has lower', () => {
    const unit = file('[Service]\nOOMScoreAdjust=-999\n');
    const files = { ...nothing, '/lib/systemd/system/containerd.service': unit };
    expect(partOf({ oomScoreAdjust: -600 }, '1.6.20', files).config).not.toContain('oom_score');
    expect(partOf({ oomScoreAdjust: -1000 }, '1.6.20', files).config).toContain('oom_score = -1000\n');
    expect(part({ oomScoreAdjust: -600 }, '1.6.20').config).toContain('oom_score = -600\n');
    expect(part({ oomScoreAdjust: -600 }, '1.6.20', withText('version = 2\noom_score = -700\n')).config).toContain(
      '-700',
    );
  });

  it("keeps an administrator's handler of the name of one of Docker's, with the kubelet's cgroup driver", () => {
    const text = `version = 2\n[${R2}.containerd.runtimes.nvidia]\nprivileged_without_host_devices = true\n[${R2}.containerd.runtimes.nvidia.options]\nBinaryName = "/opt/nvidia"\nSystemdCgroup = false\n`;
    const handlers = [{ name: 'nvidia', path: '/usr/bin/nvidia', args: [], type: undefined, options: {} }];
    const { config, notices } = part({ handlers, defaultRuntime: 'nvidia' }, '1.6.20', withText(text));
    expect(config).toContain('BinaryName = "/opt/nvidia"\nSystemdCgroup = true\n');
    expect(config).toContain('privileged_without_host_devices = true\nruntime_type = "io.containerd.runc.v2"\n');
    expect(config?.match(/SystemdCgroup = true/g)).toHaveLength(2);
    expect(notices).toMatchObject([
      { level: 'warning', message: expect.stringContaining('/usr/bin/nvidia') as string },
    ]);
  });

  it('moves a number of downloads to the transfer service, unless the CRI plugin pulls by itself', () => {
    const text = `version = 2\n[${R2}]\n# a slow line\nmax_concurrent_downloads = 1 # at most\n`;
    expect(part({}, '2.0.5', withText(text)).config).toContain(
      `images']\n# a slow line\nmax_concurrent_downloads = 1 # at most\n`,
    );
    expect(part({}, '2.1.0', withText(text)).config).toContain(
      `[plugins.'io.containerd.transfer.v1.local']\n# a slow line\nmax_concurrent_downloads = 1 # at most\n`,
    );
    const local = `version = 3\n[plugins.'io.containerd.cri.v1.images']\nuse_local_image_pull = true\n`;
    const { config } = part({ maxConcurrentDownloads: 10 }, '2.1.0', withText(local));
    expect(config).not.toContain('transfer');
    expect(config).toContain('use_local_image_pull = true\nmax_concurrent_downloads = 10\n');
  });

  it.each<[string, Intent, string, string, string]>([
    ['a file that does not parse', {}, '1.6.20', 'version = 2\nroot = \n', 'line 2'],
    ['a version 4 for an older containerd', {}, '2.2.0', 'version = 4\n', 'version 4'],
    ['a version 4 for 1.x', {}, '1.7.0', 'version = 4\n', 'version 4'],
    ['an unknown version of containerd', {}, 'devel', '', '"devel"'],
    ['a plugin of version 1 that is not known', {}, '1.6.20', '[plugins.mine]\na = 1\n', 'plugin mine'],
    ['a default runtime without a handler', { defaultRuntime: 'nvidia' }, '1.6.20', '', 'nvidia'],
    [
      'several plugin directories before 2.1',
      { cni: { confDir: '/etc/cni/net.d', binDirs: ['/opt/cni/bin', '/usr/lib/cni'] } },
      ...(['2.0.9', '', '/opt/cni/bin and /usr/lib/cni'] as const),
    ],
  ])('is refused with %s', (_what, intent, version, existing, named) => {
    const { files, notices } = part(intent, version, withText(existing));
    expect(files).toEqual([]);
    expect(notices).toMatchObject([{ level: 'blocker', message: expect.stringContaining(named) as string }]);
  });

  it('writes nothing for a file that was not read, or not in full', () => {
    expect(partOf({}, '1.6.20', {})).toMatchObject({ files: [], notices: [{ level: 'undecided' }] });
    expect(partOf({}, '1.6.20', { [PATH]: { ...file('[binary]'), whole: false } })).toMatchObject({
      files: [],
      notices: [{ level: 'blocker', message: expect.stringContaining(PATH) as string }],
    });
  });

  it('carries secrets as they are, and speaks of none', () => {
    const text = `version = 2\n[${R2}.registry.configs."r.lab".auth]\npassword = "SECRET-0123456789ab-1"\n[${R2}.registry.headers]\nAuthorization = ["SECRET-0123456789ab-2"]\n`;
    for (const version of ['1.6.20', '2.1.0']) {
      const { config, notices } = part({ registries: { insecure: ['r.lab'] } }, version, withText(text));
      expect(config).toContain('password = "SECRET-0123456789ab-1"');
      expect(config).toContain('["SECRET-0123456789ab-2"]');
      expect(config).toContain('config_path = "/etc/containerd/certs.d"');
      expect(JSON.stringify(notices)).not.toContain('SECRET');
    }
  });

  it('says that containerd 1.x ignored settings of version 3', () => {
    const { config, notices } = part({}, '1.6.20', withText(golden('containerd/systemd-v3.toml')));
    const parsed = parseToml(config ?? '');
    expect(parsed).toEqual(parseToml(golden('containerd/systemd-v2.toml')));
    expect(notices).toMatchObject([{ level: 'warning', message: expect.stringContaining('version 3') as string }]);
  });

  it('writes no hosts.toml where nothing is said of registries', () => {
    expect(Object.keys(part({}, '1.6.20').texts)).toEqual([PATH]);
  });
});
