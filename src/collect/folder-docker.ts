import type { DockerSetting } from '../config/docker/docker-setting.js';
import type { DockerFacts } from '../core/inventory.js';

export interface FolderDockerInput {
  /** Of daemon.json and of dockerd's flags, those that count last. */
  readonly settings: readonly DockerSetting[];
  /** The kubelet's, where it says one: a node on which it differed from Docker's would not have worked. */
  readonly kubeletDriver: string | undefined;
}

/** What Docker would say of itself, as far as its settings tell: no containers, no images, and its defaults for the rest. */
export function folderDocker({ settings, kubeletDriver }: FolderDockerInput): Omit<DockerFacts, 'daemonJson'> {
  const values = Object.fromEntries(settings.map(({ key, value }) => [key, value] as const));
  const text = (key: string, otherwise: string): string => {
    const value = values[key];
    return typeof value === 'string' && value !== '' ? value : otherwise;
  };
  const list = (key: string): readonly string[] => strings(values[key]);
  const driver = cgroupDriver(list('exec-opts')) ?? kubeletDriver ?? 'cgroupfs';
  return {
    version: '',
    apiVersion: '',
    rootDir: text('data-root', text('graph', '/var/lib/docker')),
    storageDriver: text('storage-driver', 'overlay2'),
    cgroupDriver: driver,
    // Docker's own default is systemd where there is version 2 only.
    cgroupVersion: driver === 'systemd' && cgroupDriver(list('exec-opts')) === undefined ? 2 : 1,
    loggingDriver: text('log-driver', 'json-file'),
    liveRestore: values['live-restore'] === true,
    defaultRuntime: text('default-runtime', 'runc'),
    runtimes: { runc: 'runc', ...runtimesOf(values['runtimes']) },
    swarmState: 'inactive',
    securityOptions: ['name=seccomp,profile=default'],
    registryMirrors: list('registry-mirrors'),
    insecureRegistries: list('insecure-registries'),
    containerdAddress: '/run/containerd/containerd.sock',
    containers: [],
    images: [],
    volumes: [],
  };
}

/** The driver that Docker is told; undefined where it is left its default. */
function cgroupDriver(execOpts: readonly string[]): 'cgroupfs' | 'systemd' | undefined {
  const option = execOpts.findLast((one) => one.startsWith('native.cgroupdriver='));
  const driver = option?.slice('native.cgroupdriver='.length);
  return driver === 'systemd' || driver === 'cgroupfs' ? driver : undefined;
}

function runtimesOf(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, runtime]) => {
      const { path, runtimeType } = isObject(runtime) ? runtime : {};
      return [name, typeof path === 'string' ? path : typeof runtimeType === 'string' ? runtimeType : name];
    }),
  );
}

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
