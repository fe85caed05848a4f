import type { TargetRuntime } from '../../core/scan-report.js';
import type { Severity } from '../../core/finding.js';
import { isRecord } from './is-record.js';
import { kubeletLogSize } from './kubelet-log-size.js';

/**
 * What becomes of a setting of dockerd under another runtime. `kept`: the migration carries it over, or the runtime does it
 * anyway. `kubelet`: the kubelet's configuration has it now. `hands`: there is a counterpart, and someone has to write it.
 * `lost`: nothing does it any more. `moot`: it never meant anything to pods on a CNI network.
 */
export type Outcome = 'kept' | 'kubelet' | 'hands' | 'lost' | 'moot';

export interface KeyFate {
  readonly outcome: Outcome;
  readonly severity: Severity;
  /** What to do, beginning with a verb; undefined where nothing is to be done. */
  readonly advice?: string;
}

/** Of dockerd's own socket, process, bridge network, Swarm and builder; pods get none of it. */
const MOOT: ReadonlySet<string> = new Set([
  ...['exec-root', 'pidfile', 'group', 'cgroup-parent', 'shutdown-timeout', 'default-stop-timeout', 'oom-score-adjust'],
  ...['default-ipc-mode', 'default-cgroupns-mode', 'default-shm-size', 'features', 'experimental', 'builder', 'labels'],
  ...['containerd', 'containerd-namespace', 'containerd-plugin-namespace', 'cri-containerd', 'deprecated-key-path'],
  ...['bridge', 'bip', 'bip6', 'fixed-cidr', 'fixed-cidr-v6', 'default-gateway', 'default-gateway-v6', 'icc', 'ip'],
  ...['ip-forward', 'ip-forward-no-drop', 'ip-masq', 'iptables', 'ip6tables', 'ipv6', 'mtu', 'userland-proxy'],
  ...['userland-proxy-path', 'default-address-pools', 'default-network-opts', 'network-control-plane-mtu', 'raw-logs'],
  ...['allow-direct-routing', 'bridge-accept-fwmark', 'firewall-backend', 'host-gateway-ip', 'host-gateway-ips'],
  ...['dns', 'dns-opts', 'dns-search', 'resolv-conf', 'max-concurrent-uploads', 'max-download-attempts', 'tls'],
  ...['allow-nondistributable-artifacts', 'disable-legacy-registry', 'swarm-default-advertise-addr', 'tlsverify'],
  ...['swarm-raft-heartbeat-tick', 'swarm-raft-election-tick', 'node-generic-resources', 'cluster-store', 'tlscacert'],
  ...['cluster-advertise', 'cluster-store-opts', 'api-cors-header', 'api-enable-cors', 'min-api-version', 'tlscert'],
  ...['network-diagnostic-port', 'tlskey', 'init-path', 'nri-opts', 'log-format', 'rootless'],
]);

type Advice = readonly [outcome: 'hands' | 'lost', severity: Severity, containerd: string, crio?: string];

const INIT = 'set shareProcessNamespace: true, or use an image with an init, where zombies pile up';

const FATES: Readonly<Record<string, Advice>> = {
  'registry-mirrors': [
    ...(['hands', 'warning', 'write the mirrors to /etc/containerd/certs.d/docker.io/hosts.toml'] as const),
    'write the mirrors to a file in /etc/containers/registries.conf.d',
  ],
  'insecure-registries': [
    ...([
      'hands',
      'error',
      'write a hosts.toml with skip_verify = true for each under /etc/containerd/certs.d',
    ] as const),
    'list each with insecure = true in /etc/containers/registries.conf.d',
  ],
  'data-root': [
    ...([
      'hands',
      'warning',
      'set root in /etc/containerd/config.toml to a directory of its own on that disk',
    ] as const),
    'set root in /etc/crio/crio.conf.d to a directory of its own on that disk',
  ],
  'default-ulimits': [
    ...(['hands', 'warning', 'set Limit… in a drop-in of containerd.service'] as const),
    'set default_ulimits in /etc/crio/crio.conf.d',
  ],
  runtimes: [
    ...([
      'hands',
      'error',
      'set up each as a runtime handler in /etc/containerd/config.toml, and a RuntimeClass for it',
    ] as const),
    'set up each under [crio.runtime.runtimes] in /etc/crio/crio.conf.d, and a RuntimeClass for it',
  ],
  proxies: [
    ...(['hands', 'error', 'set HTTP_PROXY, HTTPS_PROXY and NO_PROXY in a drop-in of containerd.service'] as const),
    'set HTTP_PROXY, HTTPS_PROXY and NO_PROXY in a drop-in of crio.service',
  ],
  'selinux-enabled': [
    ...(['hands', 'error', "set enable_selinux = true for containerd's CRI plugin"] as const),
    'set selinux = true in /etc/crio/crio.conf.d',
  ],
  'seccomp-profile': [
    ...([
      'hands',
      'warning',
      'ship the profile to /var/lib/kubelet/seccomp and name it as Localhost in the pods',
    ] as const),
    'set seccomp_profile in /etc/crio/crio.conf.d',
  ],
  'storage-opts': [
    ...(['hands', 'warning', 'limit ephemeral-storage in the pods where a size limit matters'] as const),
    'set storage_option in /etc/crio/crio.conf.d',
  ],
  'max-concurrent-downloads': [
    ...(['hands', 'note', "set max_concurrent_downloads for containerd's CRI plugin"] as const),
    'nothing: CRI-O pulls six layers at a time',
  ],
  'metrics-addr': [
    ...([
      'hands',
      'warning',
      'set metrics.address in /etc/containerd/config.toml and rewrite what reads engine_daemon_*',
    ] as const),
    'set enable_metrics under [crio.metrics] and rewrite what reads engine_daemon_*',
  ],
  'cdi-spec-dirs': ['hands', 'warning', "set cdi_spec_dirs for the runtime's CRI plugin"],
  'log-level': ['hands', 'note', "set the runtime's own log level where it matters"],
  debug: ['hands', 'note', "set the runtime's own log level where it matters"],
  init: ['lost', 'warning', INIT],
  'default-init': ['lost', 'warning', INIT],
  'no-new-privileges': ['lost', 'error', 'set allowPrivilegeEscalation: false in the pods, by an admission policy'],
  'userns-remap': ['lost', 'error', 'set hostUsers: false in the pods where their users have to be mapped'],
  'authorization-plugins': ['lost', 'error', "use the cluster's admission policies instead"],
  'cpu-rt-period': ['lost', 'warning', 'see whether a pod needs real-time scheduling'],
  'cpu-rt-runtime': ['lost', 'warning', 'see whether a pod needs real-time scheduling'],
};

const SPECIAL: ReadonlySet<string> = new Set([
  ...['exec-opts', 'storage-driver', 'live-restore', 'default-runtime', 'graph', 'hosts', 'log-driver', 'log-opts'],
]);

/** Those that other programs do not have. */
const DISTINCT: ReadonlySet<string> = new Set([
  ...[
    'registry-mirrors',
    'insecure-registries',
    'exec-opts',
    'storage-driver',
    'storage-opts',
    'data-root',
    'log-driver',
  ],
  ...['log-opts', 'live-restore', 'default-runtime', 'default-ulimits', 'default-address-pools', 'userns-remap'],
  ...['fixed-cidr', 'authorization-plugins', 'max-concurrent-downloads', 'max-concurrent-uploads', 'cgroup-parent'],
  ...['exec-root', 'userland-proxy', 'selinux-enabled', 'seccomp-profile', 'no-new-privileges', 'default-shm-size'],
  ...['node-generic-resources', 'default-cgroupns-mode', 'default-ipc-mode'],
]);

/** Whether dockerd has a setting of this name. */
export const isDaemonKey = (key: string): boolean => MOOT.has(key) || Object.hasOwn(FATES, key) || SPECIAL.has(key);

/** Whether nothing but dockerd has a setting of this name. */
export const isDistinctDaemonKey = (key: string): boolean => DISTINCT.has(key);

/** @param key in lower case, as daemon.json spells it */
export function keyFate(key: string, value: unknown, target: Exclude<TargetRuntime, 'cri-dockerd'>): KeyFate {
  if (MOOT.has(key) || isEmpty(value)) return { outcome: 'moot', severity: 'note' };
  switch (key) {
    case 'exec-opts':
    case 'storage-driver':
    case 'live-restore':
      return { outcome: 'kept', severity: 'note' };
    case 'default-runtime':
      if (value === 'runc') return { outcome: 'kept', severity: 'note' };
      return hands('error', `set up the handler ${text(value)} and name it as the runtime's default`);
    case 'graph':
      return keyFate('data-root', value, target);
    case 'hosts':
      return remote(value);
    case 'log-driver':
      if (value === 'json-file') return { outcome: 'kept', severity: 'note' };
      return lost('error', `collect /var/log/pods with an agent on each node instead of the log driver ${text(value)}`);
    case 'log-opts':
      return logOptions(value);
    default: {
      const [outcome, severity, containerd, crio] = FATES[key] ?? ['hands', 'warning', 'see whether pods depend on it'];
      return { outcome, severity, advice: target === 'crio' ? (crio ?? containerd) : containerd };
    }
  }
}

const hands = (severity: Severity, advice: string): KeyFate => ({ outcome: 'hands', severity, advice });
const lost = (severity: Severity, advice: string): KeyFate => ({ outcome: 'lost', severity, advice });

/** Clients on the network find no pods in Docker any more; the local socket is what every daemon has. */
function remote(value: unknown): KeyFate {
  const remotes = (Array.isArray(value) ? value.map(text) : [text(value)]).filter((host) => host.startsWith('tcp:'));
  if (remotes.length === 0) return { outcome: 'moot', severity: 'note' };
  return lost('error', `find who calls ${remotes.join(' and ')}, and give them another way`);
}

function logOptions(value: unknown): KeyFate {
  const options = isRecord(value) ? value : {};
  const others = Object.keys(options).filter((name) => name !== 'max-size' && name !== 'max-file');
  const size = kubeletLogSize(text(options['max-size']));
  const files = Number(text(options['max-file']));
  const settings = [
    ...(size === undefined ? [] : [`containerLogMaxSize: ${size}`]),
    // The kubelet refuses less than two.
    ...(files > 0 ? [`containerLogMaxFiles: ${Math.max(2, files)}`] : []),
  ];
  const rotate = `set ${settings.length === 0 ? 'containerLogMaxSize and containerLogMaxFiles' : settings.join(' and ')} in the KubeletConfiguration`;
  if (others.length === 0) return { outcome: 'kubelet', severity: 'warning', advice: rotate };
  return lost('warning', `${rotate}; ${others.join(', ')} ${others.length === 1 ? 'has' : 'have'} no counterpart`);
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const isEmpty = (value: unknown): boolean =>
  value === null || value === false || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
