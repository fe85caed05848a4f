import { collectNode, type CollectInput } from '../../src/collect/collect-node.js';
import type { ClusterNode } from '../../src/core/cluster-objects.js';
import { MigrateError } from '../../src/core/errors.js';
import type { CriFacts, DockerFacts, NodeInventory } from '../../src/core/inventory.js';
import type { CriReader, DockerReader, KubeReader } from '../../src/core/ports.js';
import { fakeReadHost, type FakeHostInput } from './fake-read-host.js';

export const NOON = '2024-05-01T12:00:00.000Z';

export const dockerFacts: Omit<DockerFacts, 'daemonJson'> = {
  version: '20.10.24',
  apiVersion: '1.41',
  rootDir: '/var/lib/docker',
  storageDriver: 'overlay2',
  cgroupDriver: 'cgroupfs',
  cgroupVersion: 1,
  loggingDriver: 'json-file',
  liveRestore: false,
  defaultRuntime: 'runc',
  runtimes: { runc: 'runc' },
  swarmState: 'inactive',
  securityOptions: [],
  registryMirrors: [],
  insecureRegistries: ['127.0.0.0/8'],
  containerdAddress: '',
  containers: [],
  images: [],
  volumes: [],
};

const criFacts: CriFacts = {
  api: 'runtime.v1alpha2',
  runtimeName: 'docker',
  runtimeVersion: '20.10.24',
  conditions: [],
  info: {},
  sandboxes: [],
  containers: [],
  images: [],
  imageFilesystems: [],
};

const clusterNode: ClusterNode = {
  name: 'w9',
  uid: 'a-b-c',
  labels: {},
  annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': '/var/run/dockershim.sock' },
  taints: [],
  unschedulable: false,
  providerId: '',
  internalIp: '10.99.0.12',
  kubeletVersion: 'v1.21.2',
  runtimeVersion: 'docker://20.10.24',
  osImage: 'Debian GNU/Linux 12 (bookworm)',
  kernelVersion: '6.1.0',
  architecture: 'amd64',
  conditions: [],
  allocatable: {},
};

const not = (): never => {
  throw new MigrateError('bug', 'A collector has no business with this.');
};

export const fakeKube = (changes: Partial<KubeReader> = {}): KubeReader => ({
  serverVersion: not,
  node: (name) => Promise.resolve(name === 'w9' ? clusterNode : undefined),
  nodes: not,
  podsOn: () => Promise.resolve([]),
  pod: not,
  budgets: () => Promise.resolve([]),
  runtimeClasses: () => Promise.resolve([]),
  daemonSetExists: not,
  volumeAttachments: not,
  missingPermissions: not,
  ...changes,
});

export interface Opened {
  readonly what: string;
  closed: boolean;
}

/** Takes stock of a fake host; `opened` tells of every client that was made. */
export async function collectFakeNode(
  host: FakeHostInput,
  changes: Partial<CollectInput> = {},
): Promise<{
  readonly inventory: NodeInventory;
  readonly calls: readonly string[];
  readonly queries: readonly (readonly string[])[];
  readonly opened: readonly Opened[];
}> {
  const opened: Opened[] = [];
  const open = (what: string): { close(): Promise<void> } => {
    const record: Opened = { what, closed: false };
    opened.push(record);
    return {
      close: () => {
        record.closed = true;
        return Promise.resolve();
      },
    };
  };
  const docker = (): Promise<DockerReader> =>
    Promise.resolve({
      facts: () => Promise.resolve(dockerFacts),
      containers: not,
      images: not,
      layers: not,
      ...open('docker'),
    });
  const cri = (endpoint: string): Promise<CriReader> =>
    Promise.resolve({ facts: () => Promise.resolve(criFacts), container: not, ...open(endpoint) });
  const fake = fakeReadHost(host);
  const inventory = await collectNode({
    name: 'w9',
    host: fake,
    kube: fakeKube(),
    docker,
    cri,
    clock: { now: () => new Date(NOON), sleep: () => Promise.resolve() },
    ...changes,
  });
  return { inventory, calls: fake.calls, queries: fake.queries, opened };
}
