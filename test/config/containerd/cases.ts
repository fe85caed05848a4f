import type { Intent } from './part.js';

/** Configurations on nodes where containerd has none yet: the golden file, versions of containerd that get it, and what is meant. */
export const CASES: readonly (readonly [golden: string, versions: readonly string[], intent: Intent])[] = [
  ['systemd-v2.toml', ['1.5.18', '1.6.20', '1.7.34'], {}],
  ['systemd-v3.toml', ['2.0.5', '2.1.0', '2.2.0', '2.3.1'], {}],
  ['systemd-1.4.toml', ['1.4.13'], {}],
  [
    'cgroupfs-downloads-v2.toml',
    ['1.5.18', '1.6.20'],
    {
      ...{ cgroupDriver: 'cgroupfs', sandboxImage: 'registry.k8s.io/pause:3.6', maxConcurrentDownloads: 10 },
      pullProgressTimeout: '10m0s',
    },
  ],
  [
    'cgroupfs-downloads-v3.toml',
    ['2.1.0', '2.3.0'],
    { cgroupDriver: 'cgroupfs', sandboxImage: 'registry.k8s.io/pause:3.6', maxConcurrentDownloads: 10 },
  ],
  ['pulls-1.7.toml', ['1.7.0'], { maxConcurrentDownloads: 10, pullProgressTimeout: '10m0s' }],
  ['pulls-2.0.toml', ['2.0.0'], { maxConcurrentDownloads: 10, pullProgressTimeout: '10m0s' }],
  ['pulls-2.1.toml', ['2.1.0', '2.2.3'], { maxConcurrentDownloads: 10, pullProgressTimeout: '10m0s' }],
  ['nvidia-v2.toml', ['1.6.20'], NVIDIA()],
  ['nvidia-v3.toml', ['2.1.0'], NVIDIA()],
  ['shims-v2.toml', ['1.7.2'], SHIMS()],
  ['shims-v3.toml', ['2.0.1'], SHIMS()],
  ['daemon-v2.toml', ['1.6.20'], DAEMON()],
  ['daemon-v3.toml', ['2.2.0'], DAEMON()],
  ['devices-1.7.toml', ['1.7.0'], DEVICES()],
  ['devices-v3.toml', ['2.0.0'], DEVICES()],
  ['cni-v2.toml', ['1.6.20'], { cni: { confDir: '/etc/cni/other.d', binDirs: ['/usr/lib/cni'] } }],
  ['cni-2.0.toml', ['2.0.5'], { cni: { confDir: '/etc/cni/net.d', binDirs: ['/usr/lib/cni'] } }],
  ['cni-2.1.toml', ['2.1.0'], { cni: { confDir: '/etc/cni/net.d', binDirs: ['/opt/cni/bin', '/usr/lib/cni'] } }],
  [
    'registries-1.4.toml',
    ['1.4.13'],
    { registries: { mirrors: ['https://mirror.lab'], insecure: ['10.0.0.5:5000', 'mirror.lab'] } },
  ],
];

function NVIDIA(): Intent {
  const path = '/usr/bin/nvidia-container-runtime';
  return {
    defaultRuntime: 'nvidia',
    handlers: [{ name: 'nvidia', path, args: [], type: undefined, options: {} }],
  };
}

function SHIMS(): Intent {
  const shim = { args: [], options: {} };
  return {
    handlers: [
      { ...shim, name: 'runsc', path: '/usr/local/bin/runsc', type: 'io.containerd.runsc.v1' },
      {
        ...{ ...shim, name: 'kata', path: undefined, type: 'io.containerd.kata.v2' },
        options: { ConfigPath: '/etc/kata.toml' },
      },
      { ...shim, name: 'crun', path: '/usr/bin/crun', type: undefined },
      {
        ...shim,
        name: 'limited',
        path: undefined,
        type: 'io.containerd.runc.v2',
        options: { Root: '/run/l', IoUid: 7 },
      },
    ],
  };
}

function DAEMON(): Intent {
  return {
    ...{ storageDriver: 'btrfs', dataRoot: '/data/docker', logLevel: 'debug', logFormat: 'json' },
    ...{ metricsAddress: '127.0.0.1:9323', oomScoreAdjust: -1000, selinux: true },
  };
}

function DEVICES(): Intent {
  return {
    cdiSpecDirs: ['/etc/cdi', '/opt/cdi'],
    nri: { enable: true, pluginPath: '/opt/plugins', pluginConfigPath: undefined, socketPath: undefined },
  };
}
