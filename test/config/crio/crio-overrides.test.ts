import { describe, expect, it } from 'vitest';
import { contentOf, convertCrio, DROP_IN, noticesOf, POLICY } from './convert-crio.js';

const D = '/etc/crio/crio.conf.d';
const intent = { sandboxImage: 'pause:1', cgroupDriver: 'systemd' } as const;

const blockers = (files: Readonly<Record<string, string>>): readonly string[] =>
  noticesOf(convertCrio({ intent, files, version: '1.28.0' }), 'blocker');
const warnings = (files: Readonly<Record<string, string>>): readonly string[] =>
  noticesOf(convertCrio({ intent, files, version: '1.28.0' }), 'warning');

describe("files of CRI-O's configuration beside ours", () => {
  it.each([`${D}/20-site.conf`, `${D}/99-old.bak`, `${D}/z/inner.conf`, `${D}/10-docker-migration.conf~`])(
    'blocks where %s is read later and says otherwise',
    (path) => {
      expect(blockers({ [path]: '[crio.runtime]\ncgroup_manager = "cgroupfs"\n' })).toEqual([
        `${path} sets crio.runtime.cgroup_manager otherwise, and CRI-O reads it after ${DROP_IN}, which would not count`,
      ]);
    },
  );

  it.each(['/etc/crio/crio.conf', `${D}/00-default.conf`, `${D}/10-crio.conf`, `${D}/0/99.conf`])(
    'warns where %s is read before and says otherwise',
    (path) => {
      const files = { [path]: '[crio.image]\npause_image = "own/pause:7"\n' };
      expect(blockers(files)).toEqual([]);
      expect(warnings(files)).toEqual([expect.stringContaining(`${path} sets crio.image.pause_image otherwise`)]);
    },
  );

  it('says nothing of files that agree, are empty, or set something else', () => {
    const files = {
      [`${D}/.keep`]: '',
      [`${D}/20-same.conf`]: '[crio.runtime]\ncgroup_manager = "systemd"\n',
      [`${D}/30-other.conf`]: '[crio.runtime]\npids_limit = 4096\n',
    };
    expect([...blockers(files), ...warnings(files)]).toEqual([]);
  });

  it('blocks what does not parse, with file, line and reason', () => {
    const [message = '', ...rest] = blockers({ [`${D}/notes.txt`]: '# fine\nremember the milk\n' });
    expect(rest).toEqual([]);
    expect(message).toMatch(/^\/etc\/crio\/crio\.conf\.d\/notes\.txt cannot be read: line 2: .+; CRI-O does not start/);
    expect(blockers({ '/etc/crio/crio.conf': '[crio\n' })).toEqual([
      expect.stringContaining('crio.conf cannot be read: line 1'),
    ]);
  });

  it('blocks flags, which count more than files', () => {
    const unit = '[Service]\nExecStart=/usr/bin/crio $CRIO_CONFIG_OPTIONS --pause-image=other\n';
    expect(blockers({ '/usr/lib/systemd/system/crio.service': unit })).toEqual([
      '/usr/lib/systemd/system/crio.service starts CRI-O with --pause-image, which counts more than crio.image.pause_image of any file',
    ]);
    const env = 'CRIO_RUNTIME_OPTIONS="--cgroup-manager cgroupfs --log-level=debug"\n';
    expect(blockers({ '/etc/sysconfig/crio': env })).toEqual([expect.stringContaining('--cgroup-manager')]);
    expect(blockers({ '/etc/default/crio': 'CRIO_RUNTIME_OPTIONS="--cgroup-manager systemd"\n' })).toEqual([]);
  });

  it('keeps ulimits and directories of plugins that are set for CRI-O', () => {
    const part = convertCrio({
      intent: {
        ulimits: [{ name: 'nofile', soft: 1, hard: 2 }],
        cni: { confDir: '/etc/cni/net.d', binDirs: ['/opt/cni/bin'] },
      },
      files: {
        '/etc/crio/crio.conf':
          '[crio.runtime]\ndefault_ulimits = ["nproc=5:5", "nofile=9:9"]\n[crio.network]\nplugin_dirs = ["/usr/libexec/cni/"]\n',
      },
    });
    const text = contentOf(part, DROP_IN);
    expect(text).toContain('default_ulimits = ["nproc=5:5", "nofile=1:2"]');
    expect(text).toContain('plugin_dirs = ["/opt/cni/bin", "/usr/libexec/cni/"]');
    expect(text).not.toContain('network_dir');
  });

  it('writes the usual pause command where the existing one belongs to another image', () => {
    const files = { '/etc/crio/crio.conf': '[crio.image]\npause_image = "own/pause:7"\npause_command = "/own"\n' };
    expect(contentOf(convertCrio({ intent, files }), DROP_IN)).toContain('pause_command = "/pause"');
    const usual = { '/etc/crio/crio.conf': '[crio.image]\npause_command = "/pause"\n' };
    expect(contentOf(convertCrio({ intent, files: usual }), DROP_IN)).not.toContain('pause_command');
  });

  it('mends a cgroup of conmon that the driver does not allow', () => {
    const files = { '/etc/crio/crio.conf': '[crio.runtime]\nconmon_cgroup = "crio"\n' };
    expect(contentOf(convertCrio({ intent, files }), DROP_IN)).toContain('conmon_cgroup = "pod"');
  });
});

describe('the store', () => {
  const text = (dataRoot: string, files = {}): string =>
    contentOf(convertCrio({ intent: { dataRoot }, files }), DROP_IN) ?? '';

  it('is beside the one of Docker', () => {
    expect(text('/mnt/disk/docker')).toContain('root = "/mnt/disk/crio/storage"');
    expect(text('/docker/')).toContain('root = "/crio/storage"');
  });

  it('stays where somebody put it', () => {
    const files = { '/etc/containers/storage.conf': '[storage]\ngraphroot = "/fast/storage"\n' };
    expect(text('/mnt/disk/docker', files)).not.toContain('root =');
    const part = convertCrio({ intent: { dataRoot: '/mnt/disk/docker' }, files });
    expect(noticesOf(part, 'warning').join()).toContain('/fast/storage');
    const usual = { '/etc/containers/storage.conf': '[storage]\ngraphroot = "/var/lib/containers/storage"\n' };
    expect(text('/mnt/disk/docker', usual)).toContain('root = "/mnt/disk/crio/storage"');
  });

  it.each([
    ['overlay2', undefined],
    ['devicemapper', undefined],
    ['btrfs', 'btrfs'],
    ['zfs', 'zfs'],
    ['vfs', 'vfs'],
  ])('of Docker %s is %s', (storageDriver, driver) => {
    const written = contentOf(convertCrio({ intent: { storageDriver } }), DROP_IN) ?? '';
    expect(/storage_driver = "(.*)"/.exec(written)?.[1]).toBe(driver);
  });

  it('keeps mounting by fuse', () => {
    const written = contentOf(convertCrio({ intent: { storageDriver: 'fuse-overlayfs' } }), DROP_IN);
    expect(written).toContain('storage_option = ["overlay.mount_program=/usr/bin/fuse-overlayfs"]');
  });
});

describe('the policy of signatures', () => {
  it('is written only where there is none', () => {
    expect(JSON.parse(contentOf(convertCrio({}), POLICY) ?? '')).toEqual({
      default: [{ type: 'insecureAcceptAnything' }],
      transports: { 'docker-daemon': { '': [{ type: 'insecureAcceptAnything' }] } },
    });
    const accepting = { [POLICY]: '{"default": [{"type": "insecureAcceptAnything"}]}' };
    expect(contentOf(convertCrio({ files: accepting }), POLICY)).toBeUndefined();
    expect(noticesOf(convertCrio({ files: accepting, version: '1.28.0' }), 'warning')).toEqual([]);
    const other = { '/etc/crio/crio.conf': '[crio.image]\nsignature_policy = "/etc/crio/policy.json"\n' };
    expect(contentOf(convertCrio({ files: { ...other, '/etc/crio/policy.json': '{}' } }), POLICY)).toBeUndefined();
  });

  it('is told of where it refuses images, or cannot be read', () => {
    const reject = convertCrio({ files: { [POLICY]: '{"default": [{"type": "reject"}]}' } });
    expect(noticesOf(reject, 'warning').join()).toContain(`${POLICY} rejects images by default`);
    expect(noticesOf(convertCrio({ files: { [POLICY]: '{' } }), 'warning').join()).toContain('is no JSON');
  });
});
