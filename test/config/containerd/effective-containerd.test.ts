import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { containerdConfig, type ContainerdMeant } from '../../../src/config/containerd/containerd-config.js';
import { containerdMismatches } from '../../../src/config/containerd/effective-containerd.js';
import { golden } from '../golden.js';

const V2 = golden('containerd-v2.toml');
const V3 = golden('containerd-v3.toml');

describe('containerdMismatches', () => {
  it.each([
    ['2', V2],
    ['3', V3],
  ])('has nothing to say of what is as meant (version %s)', (_version, text) => {
    expect(containerdMismatches(text, text)).toEqual([]);
  });

  it('compares over versions, as containerd 2.x migrates what it reads', () => {
    expect(containerdMismatches(V3, V2)).toEqual([]);
    expect(containerdMismatches(V3.replace('version = 3', 'version = 4'), V2)).toEqual([]);
  });

  it.each([
    ['true', 'false', 'the cgroup driver of the handler runc is cgroupfs, meant is systemd'],
    ['pause:3.6', 'pause:3.8', 'the sandbox image is k8s.gcr.io/pause:3.8, meant is k8s.gcr.io/pause:3.6'],
    ['"overlayfs"', '"native"', 'the snapshotter is native, meant is overlayfs'],
    [
      '/etc/cni/net.d',
      '/etc/cni/other',
      'the directory of CNI configurations is /etc/cni/other, meant is /etc/cni/net.d',
    ],
    ['/opt/cni/bin', '/usr/lib/cni', 'the directory of CNI plugins is /usr/lib/cni, meant is /opt/cni/bin'],
    ['"/etc/containerd/certs.d"', '""', "the registries' config_path is not set, meant is /etc/containerd/certs.d"],
    ['default_runtime_name = "runc"', 'default_runtime_name = "kata"', 'the default runtime is kata, meant is runc'],
    [
      '"io.containerd.runc.v2"',
      '""',
      'the runtime type of the handler runc is not set, meant is io.containerd.runc.v2',
    ],
  ])('finds %s that became %s', (meant, found, sentence) => {
    for (const text of [V2, V3]) expect(containerdMismatches(text.replaceAll(meant, found), text)).toEqual([sentence]);
  });

  it('finds a disabled plugin, a missing handler, and text that is no TOML', () => {
    const disabled = V2.replace('version = 2', 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]');
    expect(containerdMismatches(disabled, V2)).toEqual(['the CRI plugin is disabled (io.containerd.grpc.v1.cri)']);
    expect(containerdMismatches(V2.replaceAll('runtimes.runc', 'runtimes.other'), V2)).toEqual([
      'the runtime handler runc is missing',
    ]);
    expect(containerdMismatches('version = \n', V2)[0]).toContain('line 1');
  });
});

const BINARY = '/usr/bin/containerd';
const version = existsSync(BINARY)
  ? /\s(1\.\d+\.\d+)/.exec(execFileSync(BINARY, ['--version'], { encoding: 'utf8' }))?.[1]
  : undefined;

describe.skipIf(version === undefined)(
  `containerd ${version ?? '1.x, which is not installed'}`,
  { timeout: 60_000 },
  () => {
    let directory = '';
    beforeAll(() => {
      directory = mkdtempSync(join(tmpdir(), 'dockershim-migrate-config-'));
    });
    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    const dump = (text: string): string => {
      const path = join(directory, 'config.toml');
      writeFileSync(path, text);
      return execFileSync(BINARY, ['-c', path, 'config', 'dump'], { encoding: 'utf8' });
    };
    const meant: ContainerdMeant = {
      version: version ?? '',
      path: '/etc/containerd/config.toml',
      cgroupDriver: 'systemd',
      sandboxImage: 'registry.lab/pause:1',
      snapshotter: 'native',
      defaultRuntime: 'runc',
      cniConfDir: '/etc/cni/other.d',
      cniBinDirs: ['/usr/lib/cni'],
    };

    it.each([
      ['nothing', undefined],
      ["what Docker's package ships", 'disabled_plugins = ["cri"]\n'],
      ['what an administrator wrote', golden('containerd-kept.in.toml')],
      ['its own defaults, written out', 'default'],
    ])('runs with what is meant, made from %s', (_what, existing) => {
      const before =
        existing === 'default' ? execFileSync(BINARY, ['config', 'default'], { encoding: 'utf8' }) : existing;
      const { content = '' } = containerdConfig(meant, before, {});
      expect(content).toContain('SystemdCgroup = true');
      expect(containerdMismatches(dump(content), content)).toEqual([]);
    });

    it('shows what it does without the file, and with one of version 3', () => {
      const { content = '' } = containerdConfig(meant, undefined, {});
      expect(containerdMismatches(dump('version = 2\n'), content)).toHaveLength(6);
      expect(containerdMismatches(dump(golden('containerd-v3.toml')), content).length).toBeGreaterThan(3);
    });
  },
);
