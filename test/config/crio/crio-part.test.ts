import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { DEFAULT_INTENT, type HandlerIntent, type RuntimeIntent } from '../../../src/config/runtime-intent.js';
import { golden } from '../golden.js';
import {
  contentOf,
  convertCrio,
  DROP_IN,
  noticesOf,
  PACKAGED,
  POLICY,
  REGISTRIES,
  NETS_DROP_IN,
} from './convert-crio.js';

const handler = (name: string, more: Partial<HandlerIntent>): HandlerIntent => ({
  name,
  path: undefined,
  args: [],
  type: undefined,
  options: {},
  ...more,
});

const registries = (more: Partial<RuntimeIntent['registries']>): RuntimeIntent['registries'] => ({
  ...DEFAULT_INTENT.registries,
  ...more,
});

const EVERYTHING: Partial<RuntimeIntent> = {
  cgroupDriver: 'systemd',
  sandboxImage: 'registry.k8s.io/pause:3.9',
  storageOptions: ['overlay2.size=10G', 'overlay2.override_kernel_check=true'],
  dataRoot: '/data/docker/',
  defaultRuntime: 'nvidia',
  handlers: [
    handler('nvidia', { path: '/usr/bin/nvidia-container-runtime' }),
    handler('runsc', { path: '/usr/local/bin/runsc' }),
    handler('kata', {
      type: '/opt/kata/bin/containerd-shim-kata-v2',
      options: { ConfigPath: '/etc/kata-containers/configuration.toml' },
    }),
  ],
  cni: { confDir: '/etc/kubernetes/cni/net.d', binDirs: ['/usr/libexec/cni', '/opt/cni/bin'] },
  pullProgressTimeout: '10m0s',
  logLevel: 'debug',
  metricsAddress: '127.0.0.1:9323',
  ulimits: [
    { name: 'nofile', soft: 65_536, hard: 1_048_576 },
    { name: 'memlock', soft: -1, hard: -1 },
  ],
  seccompProfile: '/etc/docker/seccomp.json',
  selinux: true,
  cdiSpecDirs: ['/etc/cdi', '/var/run/cdi'],
  nri: {
    enable: true,
    pluginPath: '/opt/nri/plugins',
    pluginConfigPath: '/etc/nri/conf.d',
    socketPath: '/var/run/nri/nri.sock',
  },
  credentialsFile: '/var/lib/kubelet/config.json',
};

const PACKAGE_FILES = { '/etc/crio/crio.conf.d/10-crio.conf': PACKAGED, '/etc/crio/policy.json': '{}' };

describe("CRI-O's drop-in", () => {
  it('says the cgroup driver and the sandbox image', () => {
    const part = convertCrio({ intent: { cgroupDriver: 'systemd', sandboxImage: 'k8s.gcr.io/pause:3.6' } });
    expect(contentOf(part, DROP_IN)).toBe(golden('crio-systemd.conf'));
    expect(contentOf(part, REGISTRIES)).toBe('unqualified-search-registries = ["docker.io"]\n');
    expect(part.files.map(({ path }) => path)).toEqual([DROP_IN, REGISTRIES, POLICY]);
    expect(part.files.every(({ group, mode }) => group === 'runtime' && mode === 0o644)).toBe(true);
  });

  it('puts conmon into the pod with cgroupfs, and the registries beside it', () => {
    const part = convertCrio({
      version: '1.31.0',
      intent: {
        sandboxImage: 'registry.k8s.io/pause:3.6',
        pullProgressTimeout: '10m0s',
        registries: registries({
          mirrors: ['https://mirror.gcr.io', 'http://10.0.0.5:5000'],
          insecure: ['10.0.0.5:5000', 'registry.lab.local:8443'],
          insecureNets: ['10.20.0.0/16'],
        }),
      },
    });
    expect(contentOf(part, DROP_IN)).toBe(golden('crio-cgroupfs.conf'));
    expect(contentOf(part, REGISTRIES)).toBe(golden('crio-registries.conf'));
    expect(contentOf(part, NETS_DROP_IN)).toBe('[crio.image]\ninsecure_registries = ["10.20.0.0/16"]\n');
  });

  it("names the kubelet's credentials and copies Docker's certificates", () => {
    const dir = '/etc/docker/certs.d/registry.corp.example:5443';
    const part = convertCrio({
      intent: {
        cgroupDriver: 'systemd',
        sandboxImage: 'registry.k8s.io/pause:3.9',
        credentialsFile: '/var/lib/kubelet/config.json',
        registries: registries({
          certificates: [
            {
              host: 'registry.corp.example:5443',
              ca: [`${dir}/ca.crt`],
              client: [{ cert: `${dir}/client.cert`, key: `${dir}/client.key` }],
            },
          ],
        }),
      },
      files: { [`${dir}/ca.crt`]: 'CA', [`${dir}/client.cert`]: 'CERT', [`${dir}/client.key`]: 'SECRET-marker_1' },
    });
    expect(contentOf(part, DROP_IN)).toBe(golden('crio-credentials.conf'));
    const copied = part.files.filter(({ path }) => path.startsWith('/etc/containers/certs.d/'));
    expect(copied.map(({ path, mode, content }) => [path, mode, content])).toEqual([
      ['/etc/containers/certs.d/registry.corp.example:5443/ca.crt', 0o644, 'CA'],
      ['/etc/containers/certs.d/registry.corp.example:5443/client.cert', 0o644, 'CERT'],
      ['/etc/containers/certs.d/registry.corp.example:5443/client.key', 0o600, 'SECRET-marker_1'],
    ]);
  });

  it('leaves certificates of others alone, and names a key like its certificate', () => {
    const host = 'r:5000';
    const [from, to] = [`/etc/docker/certs.d/${host}`, `/etc/containers/certs.d/${host}`];
    const client = [{ cert: `${from}/client.cert`, key: `${from}/client.key` }];
    const part = convertCrio({
      intent: {
        registries: registries({ certificates: [{ host, ca: [`${from}/ca.crt`, `${from}/gone.crt`], client }] }),
      },
      files: {
        [`${from}/ca.crt`]: 'CA',
        [`${from}/client.cert`]: 'CERT',
        [`${from}/client.key`]: 'KEY',
        [`${to}/ca.crt`]: 'CA',
        [`${to}/client.key`]: 'OTHER',
      },
    });
    const copied = part.files.map(({ path }) => path).filter((path) => path.startsWith(to));
    expect(copied).toEqual([`${to}/ca.crt`, `${to}/docker-client.cert`, `${to}/docker-client.key`]);
  });

  it('says everything else that Docker can be set to, and takes the monitor of the packages along', () => {
    const part = convertCrio({ intent: EVERYTHING, version: '1.34.1', files: PACKAGE_FILES });
    expect(contentOf(part, DROP_IN)).toBe(golden('crio-everything.conf'));
    expect(() => parse(contentOf(part, DROP_IN) ?? '')).not.toThrow();
    expect(noticesOf(part, 'blocker')).toEqual([]);
  });

  it('changes nothing when its own files are there already', () => {
    const first = convertCrio({ intent: EVERYTHING, files: PACKAGE_FILES });
    const there = Object.fromEntries(first.files.map(({ path, content }) => [path, content]));
    const effective = contentOf(first, DROP_IN) ?? '';
    const second = convertCrio({ intent: EVERYTHING, files: { ...PACKAGE_FILES, ...there }, effective });
    const written = second.files.map(({ path, content }) => [path, content]);
    expect(written.length).toBeGreaterThan(1);
    for (const [path = '', content] of written) expect(there[path]).toBe(content);
    expect(second.notices).toEqual(first.notices);
  });

  it('blocks a version that it cannot read, and writes nothing', () => {
    const part = convertCrio({ version: 'unknown' });
    expect(part.files).toEqual([]);
    expect(noticesOf(part, 'blocker')).toEqual(['CRI-O\'s version reads "unknown"']);
  });
});

describe('versions of CRI-O', () => {
  const lines = (version: string, intent: Partial<RuntimeIntent>): string =>
    contentOf(convertCrio({ version, intent }), DROP_IN) ?? '';

  it.each([
    ['1.20.9', false],
    ['1.30.10', false],
    ['1.30.11', true],
    ['1.31.2', false],
    ['1.31.3', true],
    ['1.32.0', true],
    ['1.36.3', true],
  ])('%s has a time for pulls: %s', (version, has) => {
    const part = convertCrio({ version, intent: { pullProgressTimeout: '2m30s' } });
    expect(contentOf(part, DROP_IN)?.includes('pull_progress_timeout = "2m30s"')).toBe(has);
    expect(noticesOf(part, 'warning').some((message) => message.includes('pulls without progress'))).toBe(!has);
  });

  it.each([
    ['1.29.13', false],
    ['1.30.0', true],
  ])('%s has an address for metrics: %s', (version, has) => {
    const part = convertCrio({ version, intent: { metricsAddress: '127.0.0.1:9090' } });
    expect(contentOf(part, DROP_IN)).toContain('metrics_port = 9537');
    expect(contentOf(part, DROP_IN)?.includes('metrics_host = "127.0.0.1"')).toBe(has);
  });

  it('leaves CDI and NRI out where there are none', () => {
    const intent = { cdiSpecDirs: ['/etc/cdi'], nri: EVERYTHING.nri };
    expect(lines('1.23.5', intent)).not.toMatch(/cdi|nri/);
    expect(lines('1.24.0', intent)).toContain('cdi_spec_dirs = ["/etc/cdi"]');
    expect(lines('1.25.5', intent)).not.toContain('nri');
    expect(lines('1.26.0', intent)).toMatch(/enable_nri = true\nnri_listen = .*\nnri_plugin_dir = /);
    expect(lines('1.28.0', intent)).toContain('nri_plugin_config_dir');
  });

  it('carries networks up to 1.34', () => {
    const intent = { registries: registries({ insecureNets: ['10.20.0.0/16'] }) };
    const files = { '/etc/crio/crio.conf': '[crio.image]\ninsecure_registries = ["old:5000"]\n' };
    const until = convertCrio({ version: '1.34.11', intent, files });
    expect(contentOf(until, NETS_DROP_IN)).toContain('insecure_registries = ["old:5000", "10.20.0.0/16"]');
    const from = convertCrio({ version: '1.35.0', intent, files });
    expect(contentOf(from, NETS_DROP_IN)).toBeUndefined();
  });

  it.each([
    ['1.30.14', []],
    ['1.31.0', ['CRI-O runs pods by crun unless they name a handler, where Docker ran them by runc']],
  ])('%s has its own default runtime', (version, expected) => {
    const part = convertCrio({ version });
    expect(noticesOf(part, 'warning').filter((message) => message.includes('by crun'))).toEqual(expected);
    expect(contentOf(part, DROP_IN)).not.toContain('default_runtime');
  });
});

describe('handlers', () => {
  const nvidia = [handler('nvidia', { path: '/usr/bin/nvidia-container-runtime' })];
  const dropIn = (case_: Parameters<typeof convertCrio>[0]): string => contentOf(convertCrio(case_), DROP_IN) ?? '';

  it('names the monitor of the packages where nothing could be looked at', () => {
    expect(dropIn({ intent: { handlers: nvidia } })).toContain('monitor_path = "/usr/libexec/crio/conmon"');
    expect(dropIn({ intent: { handlers: nvidia }, version: '1.30.0' })).not.toContain('monitor_path');
    const warned = noticesOf(convertCrio({ intent: { handlers: nvidia } }), 'warning');
    expect(warned.join()).toContain('/usr/libexec/crio/conmon');
  });

  it('names none where CRI-O finds it by itself, or one for all is set, or it has no such key', () => {
    const crio = { '/etc/crio/crio.conf': '[crio.runtime]\npids_limit = 1\n' };
    expect(dropIn({ intent: { handlers: nvidia }, files: crio })).not.toContain('monitor');
    const conmon = { ...PACKAGE_FILES, '/etc/crio/crio.conf': '[crio.runtime]\nconmon = "/usr/bin/conmon"\n' };
    expect(dropIn({ intent: { handlers: nvidia }, files: conmon })).not.toContain('monitor');
    expect(dropIn({ intent: { handlers: nvidia }, files: PACKAGE_FILES, version: '1.23.5' })).not.toContain('monitor');
  });

  it('takes the monitor from what CRI-O says of itself', () => {
    const effective = '[crio.runtime.runtimes.runc]\nmonitor_path = "/opt/conmon"\nmonitor_cgroup = ""\n';
    const text = dropIn({ intent: { handlers: nvidia }, effective, version: '1.28.0' });
    expect(text).toContain('monitor_path = "/opt/conmon"');
    expect(text).not.toContain('monitor_cgroup');
  });

  it("puts a copied monitor into the pod's cgroup with cgroupfs", () => {
    const text = dropIn({ intent: { handlers: nvidia, cgroupDriver: 'cgroupfs' }, files: PACKAGE_FILES });
    expect(text).toContain('monitor_cgroup = "pod"');
  });

  it('keeps what a file before says of the handler', () => {
    const before =
      '[crio.runtime.runtimes.nvidia]\nruntime_path = "/old"\nallowed_annotations = ["io.kubernetes.cri-o.Devices"]\n';
    const text = dropIn({ intent: { handlers: nvidia }, files: { '/etc/crio/crio.conf.d/05-gpu': before } });
    expect(text).toContain('runtime_path = "/usr/bin/nvidia-container-runtime"');
    expect(text).toContain('allowed_annotations = ["io.kubernetes.cri-o.Devices"]');
  });

  it("leaves the handler to a file that is read later, such as nvidia-ctk's", () => {
    const path = '/etc/crio/crio.conf.d/99-nvidia.toml';
    const later = (runtime: string): Record<string, string> => ({
      [path]: `[crio.runtime.runtimes.nvidia]\nruntime_path = "${runtime}"\n`,
    });
    const other = convertCrio({ intent: { handlers: nvidia }, files: later('/usr/bin/other') });
    expect(contentOf(other, DROP_IN)).not.toContain('nvidia');
    expect(noticesOf(other, 'warning').join()).toContain(path);
    const same = convertCrio({ intent: { handlers: nvidia }, files: later('/usr/bin/nvidia-container-runtime') });
    expect(noticesOf(same, 'warning').join()).not.toContain(path);
  });

  it.each([
    [{ type: 'io.containerd.kata.v2' }, 'runtime_path = "/usr/bin/containerd-shim-kata-v2"\nruntime_type = "vm"'],
    [{ type: 'io.containerd.runsc.v1' }, 'runtime_path = "/usr/local/bin/runsc"\nruntime_type = "oci"'],
    [
      { type: 'io.containerd.runc.v2', options: { BinaryName: '/usr/local/bin/crun' } },
      'runtime_path = "/usr/local/bin/crun"\nruntime_type = "oci"',
    ],
    [{ type: 'io.containerd.runc.v2' }, 'runtime_path = "/usr/libexec/crio/runc"\nruntime_type = "oci"'],
    [
      { path: '/opt/kata/bin/kata-runtime', type: 'io.containerd.kata.v2' },
      'runtime_path = "/opt/kata/bin/containerd-shim-kata-v2"\nruntime_type = "vm"',
    ],
    [
      { path: '/usr/local/bin/runsc', type: 'io.containerd.runsc.v1' },
      'runtime_path = "/usr/local/bin/runsc"\nruntime_type = "oci"',
    ],
    [{ path: 'youki' }, 'runtime_path = "/usr/bin/youki"\nruntime_type = "oci"'],
  ])('%j', (more, expected) => {
    expect(dropIn({ intent: { handlers: [handler('x', more)] }, files: PACKAGE_FILES })).toContain(expected);
  });

  it('refuses a shim that CRI-O has no place for, and a default that is none of the handlers', () => {
    const wasm = convertCrio({ intent: { handlers: [handler('wasm', { type: 'io.containerd.spin.v1' })] } });
    expect(noticesOf(wasm, 'blocker')).toEqual([expect.stringContaining('io.containerd.spin.v1')]);
    const gone = convertCrio({ intent: { defaultRuntime: 'gone' } });
    expect(noticesOf(gone, 'blocker')).toEqual([expect.stringContaining('gone')]);
    expect(noticesOf(convertCrio({ intent: { defaultRuntime: 'crun' }, files: PACKAGE_FILES }), 'blocker')).toEqual([]);
  });

  it('quotes a name that cannot stand bare', () => {
    const text = dropIn({ intent: { handlers: [handler('a.b', { path: '/a' })] } });
    expect(text).toContain('[crio.runtime.runtimes."a.b"]');
  });
});
