import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crioMismatches } from '../../../src/config/crio/effective-crio.js';
import { golden } from '../golden.js';

/** As CRI-O prints itself from 1.24 on: what is set as it is, defaults as comments. */
const PRINTED = `# CRI-O reads its storage defaults from the containers-storage.conf(5) file
[crio]

# Path to the "run directory". CRI-O stores all of its state in this directory.
# runroot = "/run/containers/storage"

# storage_option = [
# 	"overlay.mountopt=nodev",
# ]

[crio.api]

# listen = "/var/run/crio/crio.sock"

[crio.runtime]

# cgroup_manager = "systemd"

conmon_cgroup = "pod"

default_ulimits = [
	"nofile=1024:2048",
]

# default_capabilities = [
# 	"CHOWN",
# 	"KILL",
# ]

# [crio.runtime.runtimes.runtime-handler]
# runtime_path = "/path/to/the/executable"
[crio.runtime.runtimes.nvidia]
runtime_path = "/usr/bin/nvidia-container-runtime"
runtime_type = "oci"
monitor_path = "/usr/libexec/crio/conmon"

[crio.image]

# pause_image = "registry.k8s.io/pause:3.9"

pull_progress_timeout = "10m0s"
`;

describe('crioMismatches', () => {
  it.each(['crio-systemd.conf', 'crio-cgroupfs.conf', 'crio-everything.conf'])(
    'has nothing to say of %s as it was written',
    (name) => {
      expect(crioMismatches(golden(name), golden(name))).toEqual([]);
    },
  );

  it.each([
    '[crio.runtime]\ncgroup_manager = "systemd"\nconmon_cgroup = "pod"\n',
    '[crio.image]\npause_image = "registry.k8s.io/pause:3.9"\npull_progress_timeout = "10m"\n',
    '[crio.runtime]\ndefault_ulimits = ["nofile=1024:2048"]\ndefault_capabilities = ["CHOWN", "KILL"]\n',
    '[crio]\nstorage_option = ["overlay.mountopt=nodev"]\n',
    '[crio.runtime.runtimes.nvidia]\nmonitor_path = "/usr/libexec/crio/conmon"\nruntime_type = "oci"\n',
  ])('finds what was written among values and defaults: %s', (written) => {
    expect(crioMismatches(PRINTED, written)).toEqual([]);
  });

  it.each([
    [
      '[crio.runtime]\ncgroup_manager = "cgroupfs"\n',
      "crio.runtime.cgroup_manager did not take: CRI-O's own default counts (systemd)",
    ],
    [
      '[crio.runtime]\nconmon_cgroup = "system.slice"\n',
      'crio.runtime.conmon_cgroup did not take: another file says otherwise (pod)',
    ],
    ['[crio.runtime]\ncgroup_mangler = "x"\n', 'crio.runtime.cgroup_mangler did not take: CRI-O does not know it'],
    [
      '[crio.runtime]\ndefault_ulimits = ["nofile=1:1"]\n',
      'crio.runtime.default_ulimits did not take: another file says otherwise',
    ],
    [
      '[crio.runtime.runtimes.kata]\nruntime_type = "vm"\n',
      'crio.runtime.runtimes.kata.runtime_type did not take: CRI-O has no handler kata',
    ],
    [
      '[crio.runtime.runtimes.nvidia]\nmonitor_path = "/usr/bin/conmon"\n',
      'crio.runtime.runtimes.nvidia.monitor_path did not take: another file says otherwise (/usr/libexec/crio/conmon)',
    ],
    // The example in the comments is no handler.
    [
      '[crio.runtime.runtimes.runtime-handler]\nruntime_path = "/path/to/the/executable"\n',
      'crio.runtime.runtimes.runtime-handler.runtime_path did not take: CRI-O has no handler runtime-handler',
    ],
  ])('finds that %s did not take', (written, sentence) => {
    expect(crioMismatches(PRINTED, written)).toEqual([sentence]);
  });

  it('does not repeat what may be a secret', () => {
    const other = PRINTED.replace('monitor_path =', 'monitor_env = ["TOKEN=hunter2"]\nmonitor_path =');
    const found = crioMismatches(other, '[crio.runtime.runtimes.nvidia]\nmonitor_env = ["TOKEN=hunter3"]\n');
    expect(found).toHaveLength(1);
    expect(found.join()).not.toContain('hunter');
  });

  it('says which of the two is no TOML', () => {
    expect(crioMismatches('[crio', '')[0]).toContain("CRI-O's configuration is no TOML: line 1");
    expect(crioMismatches('', '[crio')[0]).toContain('the configuration written is no TOML: line 1');
  });
});

const CRIO = join(process.env['KUBE_BIN'] ?? '/opt/kube/bin', 'crio');
const version = existsSync(CRIO)
  ? /^crio version (\S+)/.exec(spawnSync(CRIO, ['--version'], { encoding: 'utf8' }).stdout)?.[1]
  : undefined;
const title = `CRI-O ${version ?? `(skipped: there is none at ${CRIO})`}`;

describe.skipIf(version === undefined)(title, { timeout: 60_000 }, () => {
  let base = '';
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'dockershim-migrate-crio-'));
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  /** `crio config` with these files in its directory. */
  const crioConfig = (dropIns: Readonly<Record<string, string>>): { code: number | null; out: string; err: string } => {
    const root = mkdtempSync(join(base, 'etc-'));
    mkdirSync(join(root, 'crio.conf.d'));
    writeFileSync(join(root, 'crio.conf'), '');
    for (const [name, text] of Object.entries(dropIns)) writeFileSync(join(root, 'crio.conf.d', name), text);
    const flags = ['--config', join(root, 'crio.conf'), '--config-dir', join(root, 'crio.conf.d')];
    const { status, stdout, stderr } = spawnSync(CRIO, [...flags, 'config'], { encoding: 'utf8' });
    return { code: status, out: stdout, err: stderr };
  };
  const mismatches = (written: string, others: Readonly<Record<string, string>> = {}): readonly string[] => {
    const { code, out, err } = crioConfig({ '10-docker-migration.conf': written, ...others });
    expect(err.split('\n').filter((line) => line.includes('level=fatal'))).toEqual([]);
    expect(code).toBe(0);
    return crioMismatches(out, written);
  };

  it.each(['crio-systemd.conf', 'crio-cgroupfs.conf', 'crio-credentials.conf'])('runs with %s', (name) => {
    expect(mismatches(golden(name))).toEqual([]);
  });

  it.skipIf(!version?.startsWith('1.23.'))('takes all but what is newer than 1.23', () => {
    const keys = mismatches(golden('crio-everything.conf')).map((sentence) => sentence.split(' ')[0]);
    expect(keys).toEqual([
      'crio.runtime.cdi_spec_dirs',
      'crio.image.pull_progress_timeout',
      'crio.metrics.metrics_host',
      'crio.nri.enable_nri',
      'crio.nri.nri_listen',
      'crio.nri.nri_plugin_config_dir',
      'crio.nri.nri_plugin_dir',
    ]);
  });

  it('reads a file of any name after ours, and ours no longer counts', () => {
    const masking = { '99-forgotten.bak': '[crio.runtime]\ncgroup_manager = "systemd"\n' };
    expect(mismatches(golden('crio-cgroupfs.conf'), masking)).toEqual([
      expect.stringMatching(/^crio\.runtime\.cgroup_manager did not take/),
    ]);
    const pause = { '10-docker-migration.conf~': '[crio.image]\npause_image = "other"\n' };
    expect(mismatches(golden('crio-systemd.conf'), pause)).toEqual([
      'crio.image.pause_image did not take: another file says otherwise (other)',
    ]);
  });

  it('ignores a key with a typing error, which is found', () => {
    expect(mismatches('[crio.runtime]\ncgroup_mangler = "cgroupfs"\n')).toHaveLength(1);
    expect(mismatches('[crio.runtim]\ncgroup_manager = "cgroupfs"\n')).toHaveLength(1);
  });

  it('does not start with a file that is no TOML, empty ones aside', () => {
    expect(crioConfig({ '.keep': '' }).code).toBe(0);
    const broken = crioConfig({ 'notes.txt': 'remember the milk\n' });
    expect(broken.code).not.toBe(0);
    expect(broken.err).toContain('notes.txt');
  });
});
