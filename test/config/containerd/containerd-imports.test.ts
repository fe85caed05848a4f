import { describe, expect, it } from 'vitest';
import { file, NO_FILE } from '../../fixtures/inventory.js';
import { golden } from '../golden.js';
import { partOf, PATH, R2 } from './part.js';

const NVIDIA = '/etc/containerd/conf.d/99-nvidia.toml';
const IMPORTS = 'version = 2\nimports = ["/etc/containerd/conf.d/*.toml"]\n';
const IMPORTS_V3 = IMPORTS.replace('2', '3');

const notices = (root: string, version: string, dropIns: Readonly<Record<string, string>>) => {
  const others = Object.entries(dropIns).map(([path, text]) => [path, file(text)] as const);
  const made = partOf({}, version, { [PATH]: file(root), ...Object.fromEntries(others) });
  // Files are written only when nothing is in the way.
  expect(made.files.length > 0).toBe(made.notices.every(({ level }) => level !== 'blocker'));
  return made.notices;
};
const blocker = (message: RegExp) => [{ level: 'blocker', message: expect.stringMatching(message) as string }];

describe('drop-ins of containerd', () => {
  it('stay imported, and do no harm with settings of other plugins', () => {
    const files = {
      [PATH]: file(IMPORTS),
      [NVIDIA]: file('version = 2\noom_score = 1\n[plugins."io.containerd.gc.v1.scheduler"]\npause_threshold = 0.1\n'),
    };
    const made = partOf({}, '1.6.20', files);
    expect(made.notices).toEqual([]);
    expect(made.config).toContain('imports = ["/etc/containerd/conf.d/*.toml"]');
  });

  it('of 1.x are in the way when they hold another CRI section, and are named with the keys', () => {
    const text = `version = 2\n[${R2}.registry]\nconfig_path = "/x"\n`;
    expect(notices(IMPORTS, '1.6.20', { [NVIDIA]: text })).toMatchObject(
      blocker(
        /99-nvidia\.toml holds settings of the CRI plugin.*sandbox_image.*default_runtime_name.*runc\.runtime_type.*SystemdCgroup.*registry\.config_path/,
      ),
    );
  });

  it('of 1.x are fine when they hold the CRI section as it is meant, with handlers of their own', () => {
    const cri = golden('containerd/nvidia-v2.toml').replace(
      'default_runtime_name = "nvidia"',
      'default_runtime_name = "runc"',
    );
    expect(notices(IMPORTS, '1.6.20', { [NVIDIA]: cri })).toEqual([]);
    const otherDriver = cri.replace('SystemdCgroup = true', 'SystemdCgroup = false');
    expect(notices(IMPORTS, '1.6.20', { [NVIDIA]: otherDriver })).toMatchObject(
      blocker(/runtimes\.nvidia\.options\.SystemdCgroup$/),
    );
  });

  it('may not change the root file elsewhere', () => {
    const files = { [PATH]: file(`root = "/a"\n${IMPORTS}`), [NVIDIA]: file('version = 2\nroot = "/b"\n') };
    expect(partOf({}, '1.6.20', files).notices).toMatchObject(blocker(/changes what is to be written: root$/));
  });

  it.each([
    ['a disabled CRI', 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n', /disables the CRI plugin/],
    ['text that is no TOML', 'version = \n', /line 1/],
  ])('are refused with %s', (_what, text, message) => {
    for (const version of ['1.6.20', '2.1.0']) {
      expect(notices(version === '2.1.0' ? IMPORTS_V3 : IMPORTS, version, { [NVIDIA]: text })).toMatchObject(
        blocker(message),
      );
    }
  });

  it('of 2.x may add, and may not change', () => {
    const adds = `version = 3\n[plugins.'io.containerd.cri.v1.runtime']\nenable_selinux = true\n`;
    const changes = `version = 3\n[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]\nSystemdCgroup = false\n`;
    const old = `version = 2\n[${R2}]\nsandbox_image = "other"\n`;
    const newer = 'version = 4\n';
    const seen = (text: string) => notices(IMPORTS_V3, '2.1.0', { [NVIDIA]: text });
    expect(seen(adds)).toEqual([]);
    expect(seen(changes)).toMatchObject(blocker(/runc\.options\.SystemdCgroup$/));
    expect(seen(old)).toMatchObject(blocker(/pinned_images\.sandbox$/));
    expect(seen(newer)).toMatchObject(blocker(/version 4/));
  });

  it('are found as containerd finds them', () => {
    const harm = `version = 2\n[${R2}]\nsandbox_image = "other"\n`;
    const seen = (imports: string, path: string, version = '1.6.20') =>
      notices(`version = ${version.startsWith('1') ? 2 : 3}\nimports = ${imports}\n`, version, { [path]: harm });
    // A pattern is looked for from the root by 1.x, and from the file's directory by 2.x.
    expect(seen('["conf.d/*.toml"]', '/etc/containerd/conf.d/a.toml')).toEqual([]);
    expect(seen('["conf.d/*.toml"]', '/conf.d/a.toml')).toMatchObject(blocker(/a\.toml/));
    expect(seen('["conf.d/*.toml"]', '/etc/containerd/conf.d/a.toml', '2.1.0')).toMatchObject(blocker(/a\.toml/));
    expect(seen('["conf.d/a.toml"]', '/etc/containerd/conf.d/a.toml')).toMatchObject(blocker(/a\.toml/));
    expect(seen('["/etc/[a-c]*/conf.d/*"]', '/etc/containerd/conf.d/a.toml')).toMatchObject(blocker(/a\.toml/));
    expect(seen('["/etc/*"]', '/etc/containerd/conf.d/a.toml')).toEqual([]);
    // Without a star it is a path, which nobody read.
    expect(seen('["/etc/a?.toml"]', '/etc/ab.toml')).toMatchObject([{ level: 'warning' }]);
  });

  it('are followed from one to the next, once', () => {
    const files = {
      [PATH]: file('version = 2\nimports = ["/etc/a.toml"]\n'),
      '/etc/a.toml': file(`imports = ["/etc/b.toml", "${PATH}", "/etc/a.toml"]\n`),
      '/etc/b.toml': NO_FILE,
    };
    expect(partOf({}, '1.6.20', files).notices).toMatchObject(
      blocker(/^\/etc\/a\.toml imports \/etc\/b\.toml, which is not there/),
    );
  });
});
