const ID = 'c'.repeat(64);

export const containerReply = (over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  Id: ID,
  Name: '/web',
  Image: `sha256:${'a'.repeat(64)}`,
  Path: '/bin/server',
  Args: ['--port', '80'],
  State: { Status: 'running', Running: true, StartedAt: '2021-03-04T05:06:07.8Z', Pid: 4711 },
  Config: { Image: 'web:1', Labels: { tier: 'front' } },
  HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } },
  ...over,
});

/** What an engine answers to everything `facts()` asks, in the words of its time. */
export const dockerAnswers = {
  /** Docker 1.12: what nobody knew of then is not there, and what is empty is null. */
  of1_24: {
    'GET /info': {
      json: {
        DockerRootDir: '/var/lib/docker',
        Driver: 'devicemapper',
        CgroupDriver: 'cgroupfs',
        LoggingDriver: 'json-file',
        DefaultRuntime: 'runc',
        Runtimes: { runc: { path: 'docker-runc' } },
        Swarm: { NodeID: '', LocalNodeState: '' },
        SecurityOptions: null,
        RegistryConfig: { Mirrors: null, InsecureRegistryCIDRs: ['127.0.0.0/8'], IndexConfigs: null },
      },
    },
    'GET /containers/json': { json: [{ Id: ID }] },
    [`GET /containers/${ID}/json`]: {
      json: containerReply({
        Config: { Image: 'web:1', Labels: null },
        Args: null,
        HostConfig: { RestartPolicy: { Name: '' } },
      }),
    },
    'GET /images/json': {
      json: [
        { Id: 'sha256:1', RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'], Size: 5 },
        { Id: 'sha256:2', RepoTags: ['web:1', 'web:2'], RepoDigests: null, Size: 7 },
      ],
    },
    'GET /volumes': { json: { Volumes: null, Warnings: null } },
  },
  /** Engine 29. */
  of1_52: {
    'GET /info': {
      json: {
        DockerRootDir: '/data/docker',
        Driver: 'overlayfs',
        CgroupDriver: 'systemd',
        CgroupVersion: '2',
        LoggingDriver: 'local',
        LiveRestoreEnabled: true,
        DefaultRuntime: 'runc',
        Runtimes: { runc: { path: 'runc', status: {} }, 'io.containerd.runc.v2': { path: 'runc' } },
        Swarm: { LocalNodeState: 'active' },
        SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'],
        RegistryConfig: {
          Mirrors: ['https://mirror.example.com/'],
          InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
          IndexConfigs: {
            'docker.io': { Mirrors: ['https://mirror.example.com/'], Secure: true, Official: true },
            'registry.example.com:5000': { Mirrors: [], Secure: false, Official: false },
          },
        },
        Containerd: { Address: '/run/containerd/containerd.sock', Namespaces: { Containers: 'moby' } },
      },
    },
    'GET /containers/json': { json: [{ Id: ID }] },
    [`GET /containers/${ID}/json`]: { json: containerReply() },
    'GET /images/json': {
      json: [{ Id: 'sha256:1', RepoTags: ['web:1'], RepoDigests: ['web@sha256:9'], Size: 5, Descriptor: {} }],
    },
    'GET /volumes': { json: { Volumes: [{ Name: 'b' }, { Name: 'a' }] } },
  },
} as const;

export const CONTAINER_ID = ID;
