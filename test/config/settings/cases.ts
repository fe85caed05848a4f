import type { Outcome } from '../../../src/core/conversion.js';
import { DEFAULT_INTENT, type RuntimeIntent } from '../../../src/config/runtime-intent.js';
import type { SettingContext } from '../../../src/config/settings/setting-rule.js';

export type TargetName = 'containerd@1.6' | 'containerd@1.7' | 'containerd@2.0' | 'containerd@2.1' | `crio@1.${number}`;

export interface SettingCase {
  readonly key: string;
  readonly value: unknown;
  /** Both main ones where it is left out. */
  readonly on?: readonly TargetName[];
  readonly context?: Partial<SettingContext>;
  /** Key, outcome and target of each answer; nothing for one that is not needed. */
  readonly answers?: readonly (readonly [key: string, outcome: Outcome, target: string])[];
  readonly intent?: Partial<RuntimeIntent>;
}

export const MAIN: readonly TargetName[] = ['containerd@1.6', 'crio@1.31'];
const CONTAINERD: readonly TargetName[] = ['containerd@1.6', 'containerd@2.1'];
const CRIO: readonly TargetName[] = ['crio@1.31'];

const TOML = '/etc/containerd/config.toml';
const CONF = '/etc/crio/crio.conf.d/10-docker-migration.conf';
const LIMITS = '/etc/systemd/system/containerd.service.d/10-docker-migration.conf';
const REGISTRIES = '/etc/containers/registries.conf.d/10-docker-migration.conf';

const REGISTRIES_OF_NONE = DEFAULT_INTENT.registries;

const warned = (key: string, value: unknown, target = ''): SettingCase => ({
  key,
  value,
  answers: [[key, 'warning', target]],
});
const refused = (key: string, value: unknown, part = ''): SettingCase => ({
  ...{ key, value },
  answers: [[key + part, 'refused', '']],
});
const moot = (key: string, value: unknown): SettingCase => ({ key, value });

const handler = (name: string, path: string, type?: string): RuntimeIntent['handlers'][number] => ({
  ...{ name, path, args: [], type, options: {} },
});

/** Keys of Docker's own networks, with values that are not its defaults. */
export const NETWORK: readonly (readonly [string, unknown])[] = [
  ['bridge', 'br0'],
  ['bip', '172.30.0.1/16'],
  ['bip6', 'fd00::1/64'],
  ['fixed-cidr', '172.30.1.0/24'],
  ['fixed-cidr-v6', 'fd00:1::/64'],
  ['default-gateway', '172.30.0.254'],
  ['default-gateway-v6', 'fd00::ff'],
  ['icc', false],
  ['ip', '10.0.0.1'],
  ['ip-forward', false],
  ['ip-forward-no-drop', true],
  ['ip-masq', false],
  ['iptables', false],
  ['ip6tables', true],
  ['ipv6', true],
  ['mtu', 1400],
  ['userland-proxy', false],
  ['userland-proxy-path', '/usr/bin/docker-proxy'],
  ['default-address-pools', [{ base: '10.200.0.0/16', size: 24 }]],
  ['default-network-opts', { bridge: { 'com.docker.network.driver.mtu': '1400' } }],
  ['network-control-plane-mtu', 1400],
  ['allow-direct-routing', true],
  ['bridge-accept-fwmark', '1'],
  ['firewall-backend', 'nftables'],
  ['host-gateway-ip', '10.0.0.1'],
  ['host-gateway-ips', ['10.0.0.1']],
];

/** Keys that Swarm and its forerunner read. */
export const SWARM: readonly (readonly [string, unknown])[] = [
  ['swarm-default-advertise-addr', 'eth0'],
  ['swarm-raft-heartbeat-tick', 2],
  ['swarm-raft-election-tick', 20],
  ['cluster-store', 'consul://10.0.0.1'],
  ['cluster-advertise', 'eth0:2376'],
  ['cluster-store-opts', { 'kv.path': 'x' }],
];

export const settingCases: readonly SettingCase[] = [
  // How containers are run.
  {
    ...{ key: 'exec-opts', value: ['native.cgroupdriver=systemd'], on: CONTAINERD },
    answers: [['exec-opts', 'converted', `${TOML} containerd.runtimes.*.options.SystemdCgroup`]],
    intent: { cgroupDriver: 'systemd' },
  },
  {
    ...{ key: 'exec-opts', value: ['native.cgroupdriver=cgroupfs', 'isolation=hyperv'], on: CRIO },
    answers: [
      ['exec-opts', 'converted', `${CONF} crio.runtime.cgroup_manager`],
      ['exec-opts', 'warning', ''],
    ],
    intent: { cgroupDriver: 'cgroupfs' },
  },
  refused('exec-opts', ['native.cgroupdriver=none']),
  moot('default-runtime', 'runc'),
  moot('default-runtime', 'io.containerd.runc.v2'),
  refused('default-runtime', 'nvidia'),
  {
    ...{ key: 'default-runtime', value: 'io.containerd.kata.v2', on: CONTAINERD },
    answers: [['default-runtime', 'converted', `${TOML} containerd.default_runtime_name`]],
    intent: {
      defaultRuntime: 'kata',
      handlers: [{ name: 'kata', path: undefined, args: [], type: 'io.containerd.kata.v2', options: {} }],
    },
  },
  moot('oom-score-adjust', -500),
  refused('oom-score-adjust', -2000),
  {
    ...{ key: 'oom-score-adjust', value: -900, on: CONTAINERD },
    answers: [['oom-score-adjust', 'converted', `${TOML} oom_score`]],
    intent: { oomScoreAdjust: -900 },
  },
  {
    ...{ key: 'oom-score-adjust', value: -900, on: CRIO },
    answers: [
      ['oom-score-adjust', 'systemd', '/etc/systemd/system/crio.service.d/10-docker-migration.conf OOMScoreAdjust'],
    ],
    intent: { oomScoreAdjust: -900 },
  },
  warned('init', true),
  moot('init', false),
  warned('default-init', true),
  moot('init-path', '/usr/libexec/docker-init'),
  warned('cpu-rt-period', 1000000),
  warned('cpu-rt-runtime', 950000),
  moot('cpu-rt-runtime', 0),
  moot('cgroup-parent', '/docker'),
  moot('default-shm-size', '256M'),
  moot('default-ipc-mode', 'private'),
  moot('default-cgroupns-mode', 'private'),
  moot('live-restore', true),
  moot('shutdown-timeout', 60),
  moot('default-stop-timeout', 30),
  {
    ...{ key: 'runtimes', value: { nvidia: { path: 'nvidia-container-runtime', runtimeArgs: [] } }, on: CONTAINERD },
    answers: [['runtimes.nvidia', 'converted', `${TOML} containerd.runtimes.nvidia`]],
    intent: { handlers: [handler('nvidia', 'nvidia-container-runtime')] },
  },
  {
    ...{ key: 'runtimes', value: { nvidia: { Path: '/usr/bin/nvidia-container-runtime' } }, on: CRIO },
    answers: [['runtimes.nvidia', 'converted', `${CONF} crio.runtime.runtimes.nvidia`]],
    intent: { handlers: [handler('nvidia', '/usr/bin/nvidia-container-runtime')] },
  },
  {
    ...{
      key: 'runtimes',
      value: { gvisor: { path: '/usr/local/bin/runsc', runtimeArgs: ['--platform=kvm'] } },
      on: CONTAINERD,
    },
    answers: [
      ['runtimes.gvisor', 'converted', `${TOML} containerd.runtimes.gvisor`],
      ['runtimes.gvisor.runtimeArgs', 'warning', ''],
    ],
    intent: {
      handlers: [{ ...handler('gvisor', '/usr/local/bin/runsc', 'io.containerd.runsc.v1'), args: ['--platform=kvm'] }],
    },
  },
  {
    ...{ key: 'runtimes', value: { kata: { path: '/opt/kata/bin/kata-runtime' } }, on: CONTAINERD },
    answers: [['runtimes.kata', 'converted', `${TOML} containerd.runtimes.kata`]],
    intent: { handlers: [handler('kata', '/opt/kata/bin/containerd-shim-kata-v2', 'io.containerd.kata.v2')] },
  },
  {
    key: 'runtimes',
    value: {
      kata: {
        runtimeType: 'io.containerd.kata.v2',
        options: { TypeUrl: 'runtimeoptions.v1.Options', ConfigPath: '/etc/kata.toml' },
      },
    },
    on: CONTAINERD,
    answers: [['runtimes.kata', 'converted', `${TOML} containerd.runtimes.kata`]],
    intent: {
      handlers: [
        {
          ...{ name: 'kata', path: undefined, args: [], type: 'io.containerd.kata.v2' },
          options: { ConfigPath: '/etc/kata.toml' },
        },
      ],
    },
  },
  {
    key: 'runtimes',
    value: { crun: { runtimeType: 'io.containerd.runc.v2', options: { BinaryName: '/usr/bin/crun' } } },
    on: CRIO,
    answers: [['runtimes.crun', 'converted', `${CONF} crio.runtime.runtimes.crun`]],
    intent: { handlers: [handler('crun', '/usr/bin/crun')] },
  },
  {
    ...{ key: 'runtimes', value: { x: { path: '/x', sandbox: true } }, on: CONTAINERD },
    answers: [
      ['runtimes.x', 'converted', `${TOML} containerd.runtimes.x`],
      ['runtimes.x.sandbox', 'warning', ''],
    ],
    intent: { handlers: [handler('x', '/x')] },
  },
  refused('runtimes', { runc: { path: '/usr/bin/runc' } }, '.runc'),
  refused('runtimes', { x: {} }, '.x'),
  refused('runtimes', { x: { path: '/x', runtimeType: 'io.containerd.x.v1' } }, '.x'),
  {
    ...{
      key: 'default-ulimits',
      value: { nofile: { Name: 'nofile', Hard: 64000, Soft: 32000 }, core: { Name: 'core', Hard: -1, Soft: 0 } },
    },
    on: CONTAINERD,
    answers: [
      ['default-ulimits.nofile', 'systemd', `${LIMITS} LimitNOFILE`],
      ['default-ulimits.core', 'systemd', `${LIMITS} LimitCORE`],
    ],
    intent: {
      ulimits: [
        { name: 'nofile', soft: 32000, hard: 64000 },
        { name: 'core', soft: 0, hard: -1 },
      ],
    },
  },
  {
    ...{ key: 'default-ulimits', value: { memlock: { name: 'memlock', hard: -1, soft: -1 } }, on: CRIO },
    answers: [['default-ulimits.memlock', 'converted', `${CONF} crio.runtime.default_ulimits`]],
    intent: { ulimits: [{ name: 'memlock', soft: -1, hard: -1 }] },
  },
  refused('default-ulimits', { files: { Name: 'files', Hard: 1, Soft: 1 } }, '.files'),
  refused('default-ulimits', { nofile: { Name: 'nofile', Hard: 1, Soft: 2 } }, '.nofile'),

  // What containers may do.
  warned('no-new-privileges', true),
  moot('no-new-privileges', false),
  moot('seccomp-profile', 'builtin'),
  warned('seccomp-profile', 'unconfined'),
  {
    ...warned('seccomp-profile', '/etc/docker/seccomp.json'),
    on: CONTAINERD,
    intent: { seccompProfile: '/etc/docker/seccomp.json' },
  },
  {
    ...{ key: 'seccomp-profile', value: '/etc/docker/seccomp.json', on: CRIO },
    answers: [['seccomp-profile', 'converted', `${CONF} crio.runtime.seccomp_profile`]],
    intent: { seccompProfile: '/etc/docker/seccomp.json' },
  },
  {
    ...{ key: 'selinux-enabled', value: true, on: CONTAINERD },
    answers: [['selinux-enabled', 'converted', `${TOML} enable_selinux`]],
    intent: { selinux: true },
  },
  {
    ...{ key: 'selinux-enabled', value: true, on: CRIO },
    answers: [['selinux-enabled', 'converted', `${CONF} crio.runtime.selinux`]],
    intent: { selinux: true },
  },
  refused('userns-remap', 'default'),
  refused('rootless', true),
  moot('rootless', false),
  warned('authorization-plugins', ['opa']),

  // Devices.
  { ...warned('cdi-spec-dirs', ['/etc/cdi']), on: ['containerd@1.6', 'crio@1.23'] },
  {
    ...{ key: 'cdi-spec-dirs', value: ['/etc/cdi'], on: ['containerd@1.7', 'containerd@2.1'] },
    answers: [['cdi-spec-dirs', 'converted', `${TOML} cdi_spec_dirs`]],
    intent: { cdiSpecDirs: ['/etc/cdi'] },
  },
  {
    ...{ key: 'cdi-spec-dirs', value: ['/etc/cdi'], on: ['crio@1.24', 'crio@1.31'] },
    answers: [['cdi-spec-dirs', 'converted', `${CONF} crio.runtime.cdi_spec_dirs`]],
    intent: { cdiSpecDirs: ['/etc/cdi'] },
  },
  { ...warned('nri-opts', { enable: true }), on: ['containerd@1.6', 'crio@1.25'] },
  { ...moot('nri-opts', { enable: false }), on: ['containerd@1.6', 'crio@1.25'] },
  {
    ...{
      key: 'nri-opts',
      value: { enable: true, 'socket-path': '/run/nri.sock', colour: 'red' },
      on: ['containerd@1.7'],
    },
    answers: [
      ['nri-opts', 'converted', `${TOML} io.containerd.nri.v1.nri`],
      ['nri-opts.colour', 'warning', ''],
    ],
    intent: { nri: { enable: true, pluginPath: undefined, pluginConfigPath: undefined, socketPath: '/run/nri.sock' } },
  },
  moot('node-generic-resources', ['gpu=1']),

  // Storage.
  moot('data-root', '/var/lib/docker'),
  refused('data-root', 'docker'),
  {
    ...{ key: 'data-root', value: '/data/docker/', on: CONTAINERD },
    answers: [['data-root', 'converted', `${TOML} root`]],
    intent: { dataRoot: '/data/docker' },
  },
  {
    ...{ key: 'data-root', value: '/data/docker', on: CONTAINERD, context: { sharesContainerd: true } },
    answers: [['data-root', 'warning', '']],
    intent: { dataRoot: '/data/docker' },
  },
  {
    ...{ key: 'data-root', value: '/data/docker', on: CRIO, context: { sharesContainerd: true } },
    answers: [['data-root', 'converted', `${CONF} crio.root`]],
    intent: { dataRoot: '/data/docker' },
  },
  {
    ...{ key: 'graph', value: '/data/docker', on: CRIO },
    answers: [['graph', 'converted', `${CONF} crio.root`]],
    intent: { dataRoot: '/data/docker' },
  },
  {
    ...{ key: 'storage-driver', value: 'overlay2', on: CONTAINERD },
    answers: [['storage-driver', 'converted', `${TOML} snapshotter`]],
    intent: { storageDriver: 'overlay2' },
  },
  {
    ...{ key: 'storage-driver', value: 'btrfs', on: CRIO },
    answers: [['storage-driver', 'converted', `${CONF} crio.storage_driver`]],
    intent: { storageDriver: 'btrfs' },
  },
  {
    ...{ key: 'storage-driver', value: 'devicemapper', on: CONTAINERD },
    answers: [['storage-driver', 'warning', `${TOML} snapshotter`]],
    intent: { storageDriver: 'devicemapper' },
  },
  {
    ...{ key: 'storage-driver', value: 'fuse-overlayfs', on: CONTAINERD },
    answers: [['storage-driver', 'warning', `${TOML} snapshotter`]],
    intent: { storageDriver: 'fuse-overlayfs' },
  },
  {
    ...{ key: 'storage-driver', value: 'fuse-overlayfs', on: CRIO },
    answers: [['storage-driver', 'converted', `${CONF} crio.storage_driver`]],
    intent: { storageDriver: 'fuse-overlayfs' },
  },
  warned('storage-driver', 'constructor'),
  { ...warned('storage-opts', ['overlay2.size=10G']), on: CONTAINERD, intent: { storageOptions: [] } },
  {
    ...{ key: 'storage-opts', value: ['overlay2.override_kernel_check=true', 'overlay2.size=10G', 'dm.basesize=20G'] },
    on: CRIO,
    answers: [
      ['storage-opts', 'not-needed', ''],
      ['storage-opts', 'converted', `${CONF} crio.storage_option`],
      ['storage-opts', 'warning', ''],
    ],
    intent: { storageOptions: ['overlay2.size=10G'] },
  },
  moot('exec-root', '/run/docker'),
  moot('pidfile', '/run/docker.pid'),
  moot('group', 'docker'),
  moot('features', { 'containerd-snapshotter': true }),
  moot('containerd', '/run/containerd/containerd.sock'),
  moot('containerd-namespace', 'moby'),
  moot('containerd-plugin-namespace', 'plugins.moby'),
  moot('cri-containerd', true),
  moot('builder', { gc: { enabled: true } }),

  // Images.
  {
    ...{
      key: 'registry-mirrors',
      value: ['https://mirror.gcr.io/', 'http://10.0.0.5:5000', 'mirror.lab'],
      on: CONTAINERD,
    },
    answers: [['registry-mirrors', 'converted', '/etc/containerd/certs.d/docker.io/hosts.toml']],
    intent: {
      registries: {
        ...REGISTRIES_OF_NONE,
        mirrors: ['https://mirror.gcr.io', 'http://10.0.0.5:5000', 'https://mirror.lab'],
      },
    },
  },
  {
    ...{ key: 'registry-mirrors', value: ['https://m.lab/hub'], on: CRIO },
    answers: [
      ['registry-mirrors', 'converted', REGISTRIES],
      ['registry-mirrors', 'warning', REGISTRIES],
    ],
    intent: { registries: { ...REGISTRIES_OF_NONE, mirrors: ['https://m.lab/hub'] } },
  },
  refused('registry-mirrors', ['ftp://m.lab']),
  refused('registry-mirrors', ['https://u:p@m.lab']),
  {
    ...{ key: 'insecure-registries', value: ['http://10.0.0.5:5000', 'r.lab', '10.20.0.0/16'], on: CONTAINERD },
    answers: [
      ['insecure-registries', 'converted', '/etc/containerd/certs.d/*/hosts.toml'],
      ['insecure-registries', 'warning', '/etc/containerd/certs.d/*/hosts.toml'],
    ],
    intent: {
      registries: { ...REGISTRIES_OF_NONE, insecure: ['10.0.0.5:5000', 'r.lab'], insecureNets: ['10.20.0.0/16'] },
    },
  },
  {
    ...{ key: 'insecure-registries', value: ['r.lab', '10.20.0.0/16'], on: ['crio@1.34'] },
    answers: [
      ['insecure-registries', 'converted', REGISTRIES],
      [
        'insecure-registries',
        'converted',
        '/etc/crio/crio.conf.d/10-docker-migration-insecure.conf crio.image.insecure_registries',
      ],
    ],
    intent: { registries: { ...REGISTRIES_OF_NONE, insecure: ['r.lab'], insecureNets: ['10.20.0.0/16'] } },
  },
  {
    ...{ key: 'insecure-registries', value: ['10.20.0.0/16'], on: ['crio@1.35'] },
    answers: [['insecure-registries', 'warning', REGISTRIES]],
    intent: { registries: { ...REGISTRIES_OF_NONE, insecureNets: ['10.20.0.0/16'] } },
  },
  refused('insecure-registries', ['not a host']),
  {
    ...{ key: 'proxies', value: { 'http-proxy': 'http://u:SECRET-1@p:3128', 'no-proxy': '.lab' }, on: CONTAINERD },
    answers: [
      ['proxies.http-proxy', 'systemd', '/etc/systemd/system/containerd.service.d/http-proxy.conf HTTP_PROXY'],
      ['proxies.no-proxy', 'systemd', '/etc/systemd/system/containerd.service.d/http-proxy.conf NO_PROXY'],
    ],
    intent: {
      proxies: [
        { name: 'HTTP_PROXY', value: 'http://u:SECRET-1@p:3128' },
        { name: 'NO_PROXY', value: '.lab' },
      ],
    },
  },
  {
    ...{ key: 'proxies', value: { 'https-proxy': 'http://p:3128', 'ftp-proxy': 'x' }, on: CRIO },
    answers: [
      ['proxies.https-proxy', 'systemd', '/etc/systemd/system/crio.service.d/http-proxy.conf HTTPS_PROXY'],
      ['proxies.ftp-proxy', 'warning', ''],
    ],
    intent: { proxies: [{ name: 'HTTPS_PROXY', value: 'http://p:3128' }] },
  },
  moot('max-concurrent-downloads', 3),
  refused('max-concurrent-downloads', -1),
  {
    ...{ key: 'max-concurrent-downloads', value: 10, on: ['containerd@1.6', 'containerd@2.0'] },
    answers: [['max-concurrent-downloads', 'converted', `${TOML} max_concurrent_downloads`]],
    intent: { maxConcurrentDownloads: 10 },
  },
  {
    ...{ key: 'max-concurrent-downloads', value: 10, on: ['containerd@2.1'] },
    answers: [
      ['max-concurrent-downloads', 'converted', `${TOML} io.containerd.transfer.v1.local.max_concurrent_downloads`],
    ],
    intent: { maxConcurrentDownloads: 10 },
  },
  { ...warned('max-concurrent-downloads', 10), on: CRIO },
  moot('max-concurrent-uploads', 10),
  moot('max-download-attempts', 10),
  moot('allow-nondistributable-artifacts', ['r.lab']),
  moot('disable-legacy-registry', true),

  // Logs and metrics.
  moot('log-driver', 'json-file'),
  warned('log-driver', 'fluentd'),
  warned('log-driver', 'none'),
  {
    ...{ key: 'log-opts', value: { 'max-size': '10m', 'max-file': '3' } },
    answers: [
      ['log-opts.max-size', 'kubelet', 'KubeletConfiguration containerLogMaxSize'],
      ['log-opts.max-file', 'kubelet', 'KubeletConfiguration containerLogMaxFiles'],
    ],
    intent: { kubeletFields: { containerLogMaxSize: '10M', containerLogMaxFiles: 3 } },
  },
  {
    ...{ key: 'log-opts', value: { 'max-file': '1', tag: '{{.Name}}', compress: 'true', mode: 'non-blocking' } },
    answers: [
      ['log-opts.max-file', 'kubelet', 'KubeletConfiguration containerLogMaxFiles'],
      ['log-opts.tag', 'warning', ''],
      ['log-opts.compress', 'not-needed', ''],
      ['log-opts.mode', 'warning', ''],
      ['log-opts.max-size', 'warning', 'KubeletConfiguration containerLogMaxSize'],
    ],
    intent: { kubeletFields: { containerLogMaxFiles: 2 } },
  },
  {
    ...{ key: 'log-opts', value: { 'max-size': '-1' } },
    answers: [['log-opts.max-size', 'warning', 'KubeletConfiguration containerLogMaxSize']],
  },
  refused('log-opts', { 'max-size': 'big' }, '.max-size'),
  {
    ...{ key: 'log-opts', value: { 'max-size': '1.5g', 'max-file': '0' } },
    answers: [
      ['log-opts.max-size', 'kubelet', 'KubeletConfiguration containerLogMaxSize'],
      ['log-opts.max-file', 'refused', ''],
    ],
    intent: { kubeletFields: { containerLogMaxSize: '1.5G' } },
  },
  {
    ...{ key: 'debug', value: true, on: CONTAINERD },
    answers: [['debug', 'converted', `${TOML} debug.level`]],
    intent: { logLevel: 'debug' },
  },
  moot('debug', false),
  {
    ...{ key: 'log-level', value: 'warning', on: CRIO },
    answers: [['log-level', 'converted', `${CONF} crio.runtime.log_level`]],
    intent: { logLevel: 'warn' },
  },
  moot('log-level', 'info'),
  refused('log-level', 'loud'),
  {
    ...{ key: 'log-format', value: 'json', on: CONTAINERD },
    answers: [['log-format', 'converted', `${TOML} debug.format`]],
    intent: { logFormat: 'json' },
  },
  { ...warned('log-format', 'json'), on: CRIO },
  moot('log-format', 'text'),
  refused('log-format', 'xml'),
  moot('raw-logs', true),
  {
    ...{ key: 'metrics-addr', value: '127.0.0.1:9323', on: CONTAINERD },
    answers: [
      ['metrics-addr', 'converted', `${TOML} metrics.address`],
      ['metrics-addr', 'warning', ''],
    ],
    intent: { metricsAddress: '127.0.0.1:9323' },
  },
  {
    ...{ key: 'metrics-addr', value: '127.0.0.1:9323', on: ['crio@1.29'] },
    answers: [
      ['metrics-addr', 'converted', `${CONF} crio.metrics`],
      ['metrics-addr', 'warning', ''],
    ],
    intent: { metricsAddress: '127.0.0.1:9323' },
  },
  refused('metrics-addr', 'localhost'),

  // The daemon's own.
  moot('hosts', ['fd://', 'unix:///var/run/docker.sock']),
  {
    ...{ key: 'hosts', value: ['fd://', 'tcp://0.0.0.0:2376'] },
    answers: [
      ['hosts', 'not-needed', ''],
      ['hosts', 'warning', ''],
    ],
  },
  moot('tls', true),
  moot('tlsverify', true),
  moot('tlscacert', '/ca.pem'),
  moot('tlscert', '/cert.pem'),
  moot('tlskey', '/key.pem'),
  moot('api-cors-header', '*'),
  moot('api-enable-cors', true),
  moot('min-api-version', '1.24'),
  moot('network-diagnostic-port', 9000),
  moot('labels', ['rack=1']),
  moot('experimental', true),
  moot('deprecated-key-path', '/etc/docker/key.json'),
  moot('dns', ['8.8.8.8']),
  moot('dns-opts', ['ndots:2']),
  moot('dns-search', ['lab']),
  moot('resolv-conf', '/etc/resolv.conf'),
  ...SWARM.map(([key, value]) => moot(key, value)),
  ...NETWORK.map(([key, value]) => moot(key, value)),
];
