import { fakeWorld, type FakeImage, type FakeWorld } from '../fakes/fake-world.js';
import { DOCKER_CE_CONTAINERD } from '../fakes/kubeadm-disk.js';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

const IMAGES: readonly FakeImage[] = [
  { tags: ['k8s.gcr.io/pause:3.4.1'], digests: [`k8s.gcr.io/pause@${digest('a')}`], sizeBytes: 683e3 },
  { tags: ['registry.lab/edge-proxy:2'], digests: [`registry.lab/edge-proxy@${digest('b')}`], sizeBytes: 54e6 },
  { tags: ['registry.lab/node-agent:1.4'], digests: [`registry.lab/node-agent@${digest('c')}`], sizeBytes: 31e6 },
  { tags: ['shop/web:7'], sizeBytes: 120e6 },
  { tags: ['shop/cart:3'], digests: [`shop/cart@${digest('d')}`], sizeBytes: 96e6 },
];

const compose = (service: string) => ({
  name: `billing_${service}_1`,
  image: 'shop/cart:3',
  command: `/${service}`,
  restartPolicy: 'always',
  endsAfterMs: 500,
  labels: { 'com.docker.compose.project': 'billing', 'com.docker.compose.service': service },
});

/** Three nodes on dockershim: one that moves, one that must not, and one that cannot and does not know it yet. */
export async function shopCluster(): Promise<FakeWorld> {
  const world = fakeWorld({
    machines: [
      { name: 'worker-1', images: IMAGES, containerdConfig: DOCKER_CE_CONTAINERD },
      { name: 'worker-2', images: IMAGES, foreign: [compose('api'), compose('db')] },
      { name: 'worker-3', images: IMAGES, broken: 'kubelet on containerd' },
    ],
    workloads: [
      { kind: 'DaemonSet', namespace: 'kube-system', name: 'node-agent', image: 'registry.lab/node-agent:1.4' },
      { kind: 'Deployment', namespace: 'default', name: 'web', image: 'shop/web:7', replicas: 4 },
      { kind: 'Deployment', namespace: 'default', name: 'cart', image: 'shop/cart:3', replicas: 2, graceSeconds: 1 },
    ],
    budgets: [{ name: 'web', app: 'web', minAvailable: 3 }],
  });
  await world.settle();
  return world;
}
