import type { Notice } from '../../core/plan.js';

/** Keys that are seen to, or mean nothing once pods run elsewhere: pods on a CNI network never used Docker's own. */
const SETTLED: ReadonlySet<string> = new Set([
  ...[
    'exec-opts',
    'storage-driver',
    'live-restore',
    'data-root',
    'graph',
    'exec-root',
    'pidfile',
    'group',
    'cgroup-parent',
  ],
  ...['default-runtime', 'userns-remap', 'log-driver', 'shutdown-timeout', 'default-stop-timeout', 'oom-score-adjust'],
  ...['default-ipc-mode', 'default-cgroupns-mode', 'default-shm-size', 'features', 'experimental', 'builder', 'labels'],
  ...[
    'containerd',
    'containerd-namespace',
    'containerd-plugin-namespace',
    'cri-containerd',
    'deprecated-key-path',
    'raw-logs',
  ],
  ...[
    'bridge',
    'bip',
    'bip6',
    'fixed-cidr',
    'fixed-cidr-v6',
    'default-gateway',
    'default-gateway-v6',
    'icc',
    'ip',
    'ip-forward',
  ],
  ...['ip-forward-no-drop', 'ip-masq', 'iptables', 'ip6tables', 'ipv6', 'mtu', 'userland-proxy', 'userland-proxy-path'],
  ...[
    'default-address-pools',
    'default-network-opts',
    'network-control-plane-mtu',
    'allow-direct-routing',
    'bridge-accept-fwmark',
  ],
  ...['firewall-backend', 'host-gateway-ip', 'host-gateway-ips', 'dns', 'dns-opts', 'dns-search', 'resolv-conf'],
  ...['max-concurrent-uploads', 'max-download-attempts', 'allow-nondistributable-artifacts', 'disable-legacy-registry'],
  ...[
    'swarm-default-advertise-addr',
    'swarm-raft-heartbeat-tick',
    'swarm-raft-election-tick',
    'node-generic-resources',
  ],
  ...[
    'cluster-store',
    'cluster-advertise',
    'cluster-store-opts',
    'api-cors-header',
    'api-enable-cors',
    'min-api-version',
  ],
  ...[
    'network-diagnostic-port',
    'tls',
    'tlsverify',
    'tlscacert',
    'tlscert',
    'tlskey',
    'init-path',
    'nri-opts',
    'log-format',
  ],
]);

/** What changes for pods, by key: a sentence's end after "is not carried over: ". */
const CONSEQUENCES: Readonly<Record<string, readonly [consequence: string, fix: string]>> = {
  'registry-mirrors': [
    'images of Docker Hub are pulled from Docker Hub itself',
    'write /etc/containerd/certs.d/docker.io/hosts.toml with the mirrors',
  ],
  'insecure-registries': [
    'pulls from these registries fail at their certificates or at plain HTTP',
    'write a hosts.toml for each under /etc/containerd/certs.d',
  ],
  'log-opts': [
    'the kubelet rotates the logs of containers, by default five files of 10 MiB; tags and labels are no longer added',
    'set containerLogMaxSize and containerLogMaxFiles in the kubelet configuration',
  ],
  'default-ulimits': [
    'containers get the limits of containerd.service',
    'set the limits in a drop-in of containerd.service',
  ],
  proxies: [
    'containerd pulls images without a proxy',
    'set HTTP_PROXY, HTTPS_PROXY and NO_PROXY in a drop-in of containerd.service',
  ],
  runtimes: ['containerd knows no such runtimes', 'set up handlers for those that a RuntimeClass names'],
  init: [
    'nothing reaps orphaned processes in containers any more',
    'use shareProcessNamespace, or an init in the image, where it matters',
  ],
  'default-init': [
    'nothing reaps orphaned processes in containers any more',
    'use shareProcessNamespace, or an init in the image, where it matters',
  ],
  'no-new-privileges': [
    'containers may gain privileges by setuid programs',
    'set allowPrivilegeEscalation: false, by an admission policy for instance',
  ],
  'seccomp-profile': [
    'pods that ask for RuntimeDefault get the profile built into containerd',
    'ship the profile to /var/lib/kubelet/seccomp and name it as Localhost',
  ],
  'selinux-enabled': [
    'containers run without SELinux labels',
    'set enable_selinux = true for the CRI plugin of containerd',
  ],
  'authorization-plugins': ['they have no say in what the kubelet starts', 'use admission policies of the cluster'],
  'cpu-rt-period': ['containers get no real-time scheduling', 'see whether a pod needs it'],
  'cpu-rt-runtime': ['containers get no real-time scheduling', 'see whether a pod needs it'],
  'storage-opts': [
    'limits and options of the storage driver are gone',
    'limit ephemeral-storage in the pods where a size limit matters',
  ],
  'max-concurrent-downloads': [
    'containerd pulls three layers of an image at a time',
    'set max_concurrent_downloads for containerd if that is too few or too many',
  ],
  'log-level': ['containerd logs at its own level', 'set debug.level in the configuration of containerd'],
  debug: ['containerd logs at its own level', 'set debug.level in the configuration of containerd'],
  'metrics-addr': [
    'metrics of Docker end, and those of containerd have other names',
    'set metrics.address in the configuration of containerd',
  ],
  'cdi-spec-dirs': [
    'containerd looks for devices in its own directories',
    'set cdi_spec_dirs for the CRI plugin of containerd',
  ],
};

/** One warning for each setting of the Docker daemon that the new runtime does not get. */
export function daemonJsonNotices(daemonJson: Readonly<Record<string, unknown>>, path: string): readonly Notice[] {
  return Object.entries(daemonJson).flatMap(([written, value]): Notice[] => {
    // dockerd itself does not mind the case of keys.
    const key = written.toLowerCase();
    if (isEmpty(value)) return [];
    if (key === 'exec-opts') return otherExecOpts(value, path);
    if (key === 'hosts') return remoteHosts(value, path);
    if (SETTLED.has(key)) return [];
    const [consequence, fix] = CONSEQUENCES[key] ?? [
      'what it does for pods is not known to this tool',
      'see whether pods depend on it',
    ];
    return [warning(`${written} of ${path} is not carried over: ${consequence}`, fix)];
  });
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === false || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** The cgroup driver is carried over; no other option means anything on Linux, but someone put it there. */
function otherExecOpts(value: unknown, path: string): Notice[] {
  const others = Array.isArray(value)
    ? value.map(String).filter((option) => !option.startsWith('native.cgroupdriver='))
    : [];
  if (others.length === 0) return [];
  return [
    warning(
      `exec-opts of ${path} is not carried over but for the cgroup driver: ${others.join(', ')} is dropped`,
      'see whether pods depend on it',
    ),
  ];
}

function remoteHosts(value: unknown, path: string): Notice[] {
  const remote = Array.isArray(value) ? value.map(String).filter((host) => host.startsWith('tcp:')) : [];
  if (remote.length === 0) return [];
  return [
    warning(
      `hosts of ${path} lets clients reach Docker over the network: they find no pods there any more`,
      'find these clients and give them another way',
    ),
  ];
}

const warning = (message: string, fix: string): Notice => ({ gate: 'daemon-json', level: 'warning', message, fix });
