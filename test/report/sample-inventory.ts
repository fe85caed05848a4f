import { known, unknown } from '../../src/core/fact.js';
import type { ContainerOwner, DockerContainer, NodeInventory, UnitFacts } from '../../src/core/inventory.js';

const container = (name: string, image: string, state: string, owner: ContainerOwner): DockerContainer => ({
  id: `${name}-id`,
  name: `/${name}`,
  image,
  imageId: 'sha256:1',
  command: '',
  state,
  startedAt: '2024-03-01T02:00:00Z',
  restartPolicy: 'always',
  pid: 1,
  owner,
  labels: {},
});

const unit = (activeState: string, unitFileState: string, loadState = 'loaded'): UnitFacts => ({
  loadState,
  activeState,
  subState: activeState === 'active' ? 'running' : 'dead',
  unitFileState,
  fragmentPath: '',
  dropInPaths: [],
  requires: [],
  wants: [],
  after: [],
  bindsTo: [],
  partOf: [],
  mainPid: 0,
  restarts: 0,
});

const ofPod = (role: 'sandbox' | 'container'): ContainerOwner => ({
  kind: 'dockershim',
  role,
  namespace: 'shop',
  pod: 'web-6f9d',
  podUid: 'u1',
  container: role === 'sandbox' ? '' : 'web',
});

export const inventory: NodeInventory = {
  apiVersion: 'dockershim-migrate.io/v1',
  kind: 'NodeInventory',
  name: 'w1',
  collectedAt: '2024-03-01T02:10:00Z',
  node: known(
    {
      name: 'w1',
      uid: 'n1',
      labels: {},
      annotations: {},
      taints: [],
      unschedulable: true,
      providerId: '',
      internalIp: '10.0.0.11',
      kubeletVersion: '1.21.2',
      runtimeVersion: 'docker://20.10.24',
      osImage: 'Debian GNU/Linux 12 (bookworm)',
      kernelVersion: '6.1.0',
      architecture: 'amd64',
      conditions: [
        { type: 'Ready', status: 'True', reason: '', message: '', lastHeartbeatTime: '2024-03-01T02:09:55Z' },
      ],
      allocatable: {},
    },
    'the Kubernetes API',
  ),
  pods: known([], 'the Kubernetes API'),
  budgets: known([], 'the Kubernetes API'),
  os: known(
    {
      id: 'debian',
      idLike: [],
      versionId: '12',
      prettyName: 'Debian GNU/Linux 12 (bookworm)',
      kernel: '6.1.0',
      architecture: 'x86_64',
    },
    '/etc/os-release',
  ),
  packages: known(
    { manager: 'apt', installed: { 'docker.io': '20.10.24', containerd: '1.6.20~ds1' }, manual: [] },
    'dpkg',
  ),
  units: known(
    {
      'docker.service': {
        ...unit('active', 'enabled'),
        dropInPaths: ['/etc/systemd/system/docker.service.d/proxy.conf'],
      },
      'kubelet.service': unit('active', 'enabled'),
      'crio.service': unit('inactive', 'not-found', 'not-found'),
    },
    'systemctl show',
  ),
  kubelet: known(
    {
      pid: 812,
      version: '1.21.2',
      argv: ['/usr/bin/kubelet'],
      flags: {},
      execStart: '',
      environmentFiles: [],
      environment: {},
      configPath: '/var/lib/kubelet/config.yaml',
      config: {},
      runtime: { kind: 'dockershim', endpoint: 'unix:///var/run/dockershim.sock' },
      cgroupDriver: 'systemd',
      staticPodPath: '/etc/kubernetes/manifests',
      inContainer: false,
    },
    '/proc/812/cmdline',
  ),
  cni: known(
    {
      confDir: '/etc/cni/net.d',
      binDir: '/opt/cni/bin',
      networks: [
        { file: '10-flannel.conflist', name: 'cbr0', cniVersion: '0.3.1', pluginTypes: ['flannel', 'portmap'] },
      ],
      binaries: ['bridge', 'flannel', 'portmap'],
    },
    '/etc/cni/net.d',
  ),
  kernel: known({ cgroupVersion: 1, modules: [], sysctls: {} }, '/proc'),
  disks: known(
    [
      {
        path: '/var/lib/containerd',
        mountPoint: '/',
        fsType: 'ext4',
        freeBytes: 41_200_000_000,
        totalBytes: 80_000_000_000,
      },
    ],
    'df',
  ),
  files: known(
    {
      '/etc/docker/daemon.json': { exists: true, sha256: '1', mode: 0o644, content: '{}', whole: true },
      '/etc/crictl.yaml': { exists: false, sha256: '', mode: 0, content: '', whole: true },
    },
    'the host',
  ),
  crio: unknown('there is no CRI-O'),
  criDockerd: unknown('there is no cri-dockerd'),
  runtimeClasses: known([], 'the API server'),
  containerd: known(
    { binary: '/usr/bin/containerd', version: '1.6.20', effectiveConfig: undefined },
    'containerd --version',
  ),
  docker: known(
    {
      version: '20.10.24',
      apiVersion: '1.41',
      rootDir: '/var/lib/docker',
      storageDriver: 'overlay2',
      cgroupDriver: 'systemd',
      cgroupVersion: 1,
      loggingDriver: 'json-file',
      liveRestore: false,
      defaultRuntime: 'runc',
      runtimes: {},
      swarmState: 'inactive',
      securityOptions: [],
      registryMirrors: [],
      insecureRegistries: [],
      containerdAddress: '/run/containerd/containerd.sock',
      daemonJson: {},
      containers: [
        container('k8s_POD_web', 'pause:3.4.1', 'running', ofPod('sandbox')),
        container('k8s_web_web', 'shop/web:7', 'exited', ofPod('container')),
        container('registry', 'registry:2', 'running', { kind: 'plain' }),
        container('mail_db_1', 'postgres:13', 'running', { kind: 'compose', project: 'mail' }),
      ],
      images: [
        { id: 'i1', tags: ['shop/web:7'], digests: [], sizeBytes: 900_000_000 },
        { id: 'i2', tags: ['registry:2'], digests: [], sizeBytes: 26_000_000 },
      ],
      volumes: [],
    },
    'the Docker API',
  ),
  criEndpoints: [
    { endpoint: 'unix:///run/containerd/containerd.sock', status: unknown('the CRI answers Unimplemented') },
  ],
  migrations: known({ lock: undefined, journals: [] }, '/var/lib/dockershim-migrate'),
};

/** A node whose host did not answer. */
export const unreachable: NodeInventory = {
  ...inventory,
  name: 'w2',
  ...Object.fromEntries(
    (
      [
        'os',
        'packages',
        'units',
        'kubelet',
        'cni',
        'kernel',
        'disks',
        'files',
        'containerd',
        'docker',
        'migrations',
      ] as const
    ).map((fact) => [fact, unknown('ssh to w2 was refused')]),
  ),
  criEndpoints: [],
};
