import { describe, expect, it } from 'vitest';
import { containerdConfig, type ContainerdMeant } from '../../../src/config/containerd/containerd-config.js';
import { file } from '../../fixtures/inventory.js';
import { golden } from '../golden.js';

const PATH = '/etc/containerd/config.toml';
const MEANT: ContainerdMeant = {
  version: '1.6.20',
  path: PATH,
  cgroupDriver: 'systemd',
  sandboxImage: 'k8s.gcr.io/pause:3.6',
  snapshotter: 'overlayfs',
  defaultRuntime: 'runc',
  cniConfDir: '/etc/cni/net.d',
  cniBinDirs: ['/opt/cni/bin'],
};
const R2 = 'plugins."io.containerd.grpc.v1.cri"';

describe('containerdConfig', () => {
  it.each([
    ['1.4.13', 'containerd-v2.toml'],
    ['1.5.18', 'containerd-v2.toml'],
    ['1.7.34', 'containerd-v2.toml'],
    ['2.0.5', 'containerd-v3-2.0.toml'],
    ['2.1.0', 'containerd-v3.toml'],
    ['2.3.1', 'containerd-v3.toml'],
  ])('for containerd %s is %s', (version, name) => {
    expect(containerdConfig({ ...MEANT, version }, undefined, {})).toEqual({ content: golden(name), problems: [] });
  });

  it('has the cgroup driver of the kubelet', () => {
    const { content } = containerdConfig({ ...MEANT, cgroupDriver: 'cgroupfs' }, undefined, {});
    expect(content).toBe(golden('containerd-v2-cgroupfs.toml'));
  });

  it.each([
    [
      "Docker's package",
      '#   Copyright 2018-2022 Docker Inc.\n\ndisabled_plugins = ["cri"]\n\n#root = "/var/lib/containerd"\n',
    ],
    ['nobody', ''],
    ['only spaces', '\n\n'],
    ['a disabled CRI in version 2', 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n'],
    [
      'empty old registry tables',
      `version = 2\n[${R2}.registry]\nconfig_path = ""\n[${R2}.registry.mirrors]\n[${R2}.registry.configs]\n[${R2}.registry.auths]\n[${R2}.registry.headers]\n`,
    ],
    ['itself', golden('containerd-v2.toml')],
  ])('replaces a file of %s', (_whose, existing) => {
    expect(containerdConfig(MEANT, existing, {})).toEqual({ content: golden('containerd-v2.toml'), problems: [] });
  });

  it.each([
    ['1.6.20', 'containerd-kept-v2.toml'],
    ['2.1.3', 'containerd-kept-v3.toml'],
  ])('of containerd %s keeps what an administrator wrote', (version, name) => {
    const once = containerdConfig({ ...MEANT, version }, golden('containerd-kept.in.toml'), {});
    expect(once).toEqual({ content: golden(name), problems: [] });
    expect(containerdConfig({ ...MEANT, version }, once.content, {})).toEqual(once);
  });

  it('reads plugins of version 1 by their short names', () => {
    const existing =
      'disabled_plugins = ["cri", "aufs"]\n[plugins.scheduler]\npause_threshold = 0.02\n[plugins.cri]\nsystemd_cgroup = true\nenable_selinux = true\n';
    const { content, problems } = containerdConfig(MEANT, existing, {});
    expect(problems).toEqual([]);
    expect(content).toContain('disabled_plugins = ["io.containerd.snapshotter.v1.aufs"]');
    expect(content).toContain('[plugins."io.containerd.gc.v1.scheduler"]\n  pause_threshold = 0.02');
    expect(content).toContain('  enable_selinux = true');
    expect(content).not.toContain('systemd_cgroup');
  });

  it('keeps registry mirrors, and leaves out config_path, which excludes them', () => {
    const existing = `version = 2\n[${R2}.registry]\nconfig_path = "/x"\n[${R2}.registry.mirrors."docker.io"]\nendpoint = ["https://mirror.lab"]\n[${R2}.registry.configs."mirror.lab".tls]\nca_file = "/ca.crt"\n`;
    const { content, problems } = containerdConfig(MEANT, existing, {});
    expect(content).toContain(`[${R2}.registry.mirrors."docker.io"]`);
    expect(content).toContain('ca_file = "/ca.crt"');
    expect(content).not.toContain('config_path');
    expect(problems).toMatchObject([
      { level: 'warning', message: expect.stringContaining('registry.mirrors and registry.configs') as string },
    ]);
  });

  it("keeps an administrator's config_path", () => {
    const { content } = containerdConfig(MEANT, `version = 2\n[${R2}.registry]\nconfig_path = "/a:/b"\n`, {});
    expect(content).toContain('config_path = "/a:/b"');
  });

  it.each([
    ['a password', `[${R2}.registry.configs."r.lab".auth]\nusername = "u"\npassword = "p"\n`, 'configs."r.lab".auth'],
    ['a token', `[${R2}.registry.configs."r.lab".auth]\nidentitytoken = "***"\n`, 'configs."r.lab".auth'],
    ['the oldest style', `[${R2}.registry.auths."https://r.lab"]\nauth = "dTpw"\n`, 'auths."https://r.lab"'],
    ['a header', `[${R2}.registry.headers]\nAuthorization = ["Basic dTpw"]\n`, 'headers'],
  ])('carries no secrets: %s', (_what, table, named) => {
    const { content, problems } = containerdConfig(MEANT, `version = 2\n${table}`, {});
    expect(content).toBeUndefined();
    expect(problems).toMatchObject([
      { level: 'blocker', message: expect.stringContaining(`registry.${named}`) as string },
    ]);
    expect(JSON.stringify(problems)).not.toContain('dTpw');
  });

  it.each<[string, Partial<ContainerdMeant>, string, string]>([
    ['a file that does not parse', {}, 'version = 2\nroot = \n', 'line 2'],
    ['a version 4', { version: '2.3.0' }, 'version = 4\n', 'version 4'],
    ['an unknown version of containerd', { version: 'devel' }, '', '"devel"'],
    ['a plugin of version 1 that is not known', {}, '[plugins.mine]\na = 1\n', 'plugin mine'],
    ['a default runtime without a handler', { defaultRuntime: 'nvidia' }, '', 'nvidia'],
    [
      'several plugin directories for 1.x',
      { cniBinDirs: ['/opt/cni/bin', '/usr/lib/cni'] },
      '',
      '/opt/cni/bin and /usr/lib/cni',
    ],
  ])('is refused with %s', (_what, meant, existing, named) => {
    const { content, problems } = containerdConfig({ ...MEANT, ...meant }, existing, {});
    expect(content).toBeUndefined();
    expect(problems).toMatchObject([{ level: 'blocker', message: expect.stringContaining(named) as string }]);
  });

  it('has the default runtime of Docker where there is a handler for it, and all plugin directories from 2.1 on', () => {
    const handler = `version = 2\n[${R2}.containerd.runtimes.nvidia.options]\nBinaryName = "/usr/bin/nvidia-container-runtime"\n`;
    const { content } = containerdConfig({ ...MEANT, defaultRuntime: 'nvidia' }, handler, {});
    expect(content).toContain('default_runtime_name = "nvidia"');
    // Without a type the handlers of 1.x have none at all.
    expect(content?.match(/runtime_type = "io.containerd.runc.v2"/g)).toHaveLength(2);
    expect(content?.match(/SystemdCgroup = true/g)).toHaveLength(2);
    const two = containerdConfig({ ...MEANT, version: '2.1.0', cniBinDirs: ['/a', '/b'] }, undefined, {});
    expect(two.content).toContain('bin_dirs = ["/a", "/b"]');
  });

  it('says that containerd 1.x ignored settings of version 3', () => {
    const { content, problems } = containerdConfig(MEANT, golden('containerd-v3.toml'), {});
    expect(content).toBe(golden('containerd-v2.toml'));
    expect(problems).toMatchObject([{ level: 'warning', message: expect.stringContaining('version 3') as string }]);
  });

  describe('with imports', () => {
    const existing = 'version = 2\nimports = ["conf.d/*.toml", "/etc/extra.toml"]\n';
    const extra = { '/etc/extra.toml': file('version = 2\noom_score = 1\n') };
    const cri = `version = 2\n[${R2}.registry]\nconfig_path = "/x"\n`;

    it('keeps them, and asks after a file nobody read', () => {
      const { content, problems } = containerdConfig(MEANT, existing, {});
      expect(content).toContain('imports = ["conf.d/*.toml", "/etc/extra.toml"]');
      expect(problems).toMatchObject([
        { level: 'warning', message: expect.stringContaining('/etc/extra.toml') as string },
      ]);
      expect(containerdConfig(MEANT, existing, extra).problems).toEqual([]);
    });

    it.each([
      ['CRI settings in a drop-in of 1.x', cri, 'holds settings of the CRI plugin'],
      ['a disabled CRI', 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n', 'disables the CRI plugin'],
      ['a broken drop-in', 'version = \n', 'line 1'],
    ])('is refused for %s', (_what, text, named) => {
      const path = '/etc/containerd/conf.d/99-nvidia.toml';
      const { content, problems } = containerdConfig(MEANT, existing, { ...extra, [path]: file(text) });
      expect(content).toBeUndefined();
      expect(problems).toMatchObject([
        { level: 'blocker', message: expect.stringMatching(`${path}.*${named}`) as string },
      ]);
    });

    it('lets a drop-in of 2.x add to the settings, and not change them', () => {
      const root = 'version = 3\nimports = ["/etc/containerd/conf.d/*.toml"]\n';
      const path = '/etc/containerd/conf.d/a.toml';
      const meant = { ...MEANT, version: '2.1.0' };
      const adds = `version = 3\n[plugins.'io.containerd.cri.v1.runtime']\nenable_selinux = true\n`;
      const changes = `version = 3\n[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]\nSystemdCgroup = false\n`;
      expect(containerdConfig(meant, root, { [path]: file(adds) }).problems).toEqual([]);
      expect(containerdConfig(meant, root, { [path]: file(changes) }).problems).toMatchObject([{ level: 'blocker' }]);
      const old = `version = 2\n[${R2}]\nsandbox_image = "other"\n`;
      expect(containerdConfig(meant, root, { [path]: file(old) }).problems).toMatchObject([{ level: 'blocker' }]);
    });
  });
});
