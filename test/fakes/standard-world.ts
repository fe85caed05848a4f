import { DOCKER_CE_CONTAINERD } from './kubeadm-disk.js';
import { fakeWorld, type FakeImage, type FakeWorld, type MachineOptions, type WorldOptions } from './fake-world.js';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

export const IMAGES: readonly FakeImage[] = [
  { tags: ['k8s.gcr.io/pause:3.4.1'], digests: [`k8s.gcr.io/pause@${digest('a')}`], sizeBytes: 683e3 },
  { tags: ['registry.lab/edge-proxy:2'], digests: [`registry.lab/edge-proxy@${digest('b')}`], sizeBytes: 54e6 },
  { tags: [], digests: [`registry.lab/node-agent@${digest('c')}`], sizeBytes: 31e6 },
  { tags: ['shop/web:7'], sizeBytes: 120e6 },
  { tags: ['shop/cart:3'], digests: [`shop/cart@${digest('d')}`], sizeBytes: 96e6 },
];

const WORKLOADS: WorldOptions['workloads'] = [
  { kind: 'DaemonSet', namespace: 'kube-system', name: 'node-agent', image: `registry.lab/node-agent@${digest('c')}` },
  { kind: 'Deployment', namespace: 'default', name: 'web', image: 'shop/web:7', replicas: 2 },
  { kind: 'Deployment', namespace: 'default', name: 'cart', image: 'shop/cart:3', replicas: 1, graceSeconds: 1 },
];

/**
 * `shared`: Docker's own package of containerd, which Docker runs its containers by, its CRI switched off; containers
 * beside Kubernetes; a crictl.yaml that is a link; an image that containerd has under one of its names already.
 * `apart`: containerd is to be installed and has never run; the node is cordoned; Docker's unit is an administrator's
 * own; Docker uses a storage driver that needs no overlay module.
 * `crio`: CRI-O is there and has never run, with one of the images in its store.
 */
export type Variant = 'shared' | 'apart' | 'crio';

const MACHINES: Readonly<Record<Variant, MachineOptions>> = {
  shared: {
    name: 'w1',
    images: IMAGES,
    containerdImages: [{ tags: ['k8s.gcr.io/pause:3.4.1'] }],
    containerdConfig: DOCKER_CE_CONTAINERD,
    crictl: 'link',
    foreign: [
      { name: 'nightly-backup', image: 'shop/cart:3', command: '/backup', restartPolicy: 'always', endsAfterMs: 500 },
    ],
  },
  crio: {
    name: 'w1',
    images: [...IMAGES, { tags: ['shop/cart:3-old', 'shop/cart:2'], sizeBytes: 96e6 }],
    crio: true,
    crioImages: [{ tags: ['k8s.gcr.io/pause:3.4.1'] }],
    crictl: 'link',
  },
  apart: {
    name: 'w1',
    images: IMAGES,
    containerdPackage: 'none',
    containerdEnabled: false,
    dockerUnitInEtc: true,
    cordoned: true,
    storageDriver: 'devicemapper',
  },
};

/** A small cluster whose node w1 is to be migrated. The same variant gives the same world, ids and all. */
export async function standardWorld(variant: Variant, changes: Partial<MachineOptions> = {}): Promise<FakeWorld> {
  const world = fakeWorld({
    machines: [{ ...MACHINES[variant], ...changes }],
    otherNodes: ['w2'],
    workloads: WORKLOADS ?? [],
    budgets: [{ name: 'web', app: 'web', minAvailable: 1 }],
  });
  await world.settle();
  return world;
}
