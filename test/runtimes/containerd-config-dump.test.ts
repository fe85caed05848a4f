import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { containerdMismatches } from '../../src/config/containerd/effective-containerd.js';
import { CASES } from '../config/containerd/cases.js';
import { part, PATH, R2 } from '../config/containerd/part.js';
import { golden } from '../config/golden.js';

const BINARY = '/usr/bin/containerd';
const version = existsSync(BINARY)
  ? /\s(1\.[5-7]\.\d+)/.exec(execFileSync(BINARY, ['--version'], { encoding: 'utf8' }))?.[1]
  : undefined;

describe.skipIf(version === undefined)(`containerd ${version ?? '1.5 to 1.7, which is not installed'}`, () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'dockershim-migrate-config-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** What it would run with; it starts nothing. */
  const dump = (text: string, dropIns: Readonly<Record<string, string>> = {}): string => {
    for (const [name, content] of Object.entries({ ...dropIns, 'config.toml': text })) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), content.replaceAll('DIRECTORY', directory));
    }
    return execFileSync(BINARY, ['-c', join(directory, 'config.toml'), 'config', 'dump'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  };
  const made = (text: string): string => part({}, version ?? '', { [PATH]: text }).config ?? '';
  const V2 = golden('containerd/systemd-v2.toml');

  it.each(
    // 1.x has one directory of plugins.
    CASES.filter(([, , { cni }]) => (cni?.binDirs.length ?? 1) === 1).map(
      ([name, , intent]) => [name, intent] as const,
    ),
  )('runs with what is meant by %s', (_name, intent) => {
    const { config = '' } = part(intent, version ?? '');
    expect(config).toContain('SystemdCgroup');
    expect(containerdMismatches(dump(config), config)).toEqual([]);
  });

  it.each([
    ["what Docker's package ships", 'disabled_plugins = ["cri"]\n'],
    ['what an administrator wrote', golden('containerd/kept.in.toml')],
    ['a file of version 1', '[plugins.cri]\nenable_selinux = true\n[plugins.scheduler]\nschedule_delay = "2000us"\n'],
    ['credentials', `version = 2\n[${R2}.registry.configs."r.lab".auth]\nusername = "a"\npassword = "b"\n`],
  ])('runs with what is meant and all that is kept, made from %s', (_what, existing) => {
    const config = made(existing);
    expect(config).toContain('SystemdCgroup = true');
    expect(containerdMismatches(dump(config), config)).toEqual([]);
  });

  it('runs with its own defaults written out, of which only what must be is changed', () => {
    const defaults = execFileSync(BINARY, ['config', 'default'], { encoding: 'utf8' });
    const config = made(defaults);
    expect(containerdMismatches(dump(config), config)).toEqual([]);
    const before = defaults.split('\n');
    const lines = config
      .split('\n')
      .filter((line) => !before.includes(line))
      .map((line) => line.trim());
    expect(lines).toEqual([
      'sandbox_image = "k8s.gcr.io/pause:3.6"',
      'SystemdCgroup = true',
      'config_path = "/etc/containerd/certs.d"',
    ]);
  });

  it('is silent about keys it does not know, which are found', () => {
    const typo = V2.replace('sandbox_image', 'sandbox_imgae');
    expect(containerdMismatches(dump(typo), typo)).toEqual([
      `${R2}.sandbox_imgae is not set, meant is "k8s.gcr.io/pause:3.6"`,
    ]);
    const handler = V2.replace('runtime_type', 'runtimetype');
    expect(containerdMismatches(dump(handler), handler)).toEqual([
      `${R2}.containerd.runtimes.runc.runtimetype is not set, meant is "io.containerd.runc.v2"`,
    ]);
  });

  it('replaces the whole CRI section by that of a drop-in, which is found', () => {
    const root = `imports = ["DIRECTORY/conf.d/*.toml"]\n${V2}`;
    const dropIn = `version = 2\n[${R2}.registry]\nconfig_path = "/etc/containerd/certs.d"\n`;
    const found = containerdMismatches(dump(root, { 'conf.d/a.toml': dropIn }), root);
    expect(found).toHaveLength(2);
    expect(found[0]).toContain(`${R2}.sandbox_image is `);
    expect(found[1]).toContain(`${R2}.containerd.runtimes.runc.options.SystemdCgroup is `);
    expect(containerdMismatches(dump(root, { 'conf.d/a.toml': V2 }), root)).toEqual([]);
  });

  it('does not read the CRI sections of version 3, which is found', () => {
    const V3 = golden('containerd/systemd-v3.toml');
    const found = containerdMismatches(dump(V3), V3);
    expect(found).toContain(
      `plugins."io.containerd.cri.v1.images".pinned_images.sandbox is not set, meant is "k8s.gcr.io/pause:3.6"`,
    );
    expect(found.length).toBeGreaterThan(4);
  });

  it('runs without a CRI that is disabled, which is found', () => {
    const disabled = V2.replace('version = 2', 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]');
    expect(containerdMismatches(dump(disabled), V2)).toEqual([
      'the CRI plugin is disabled (io.containerd.grpc.v1.cri)',
    ]);
  });

  it('looks for patterns of imports from where it runs, and for paths from its configuration', () => {
    const harm = `[${R2}]\nsandbox_image = "from-drop-in"\n`;
    const seen = (imports: string) =>
      dump(`version = 2\nimports = [${imports}]\n`, { 'conf.d/a.toml': harm }).includes('from-drop-in');
    expect(seen('"conf.d/*.toml"')).toBe(false);
    expect(seen('"conf.d/a.toml"')).toBe(true);
    expect(seen('"DIRECTORY/conf.d/[ab].tom*"')).toBe(true);
    expect(() => seen('"DIRECTORY/conf.d/?.toml"')).toThrow(/no such file/);
  });
});
