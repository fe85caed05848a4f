import type { Agent } from './agent.js';
import { argumentsOf } from './arguments-of.js';

const NPD_DOCKER = /(?:^|[/=,])(?:docker-monitor[\w-]*|(?:windows-)?health-checker-docker)\.json/;

export const clusterLifecycle: readonly Agent[] = [
  {
    id: 'node-problem-detector',
    product: 'the node problem detector',
    images: ['node-problem-detector'],
    words: ['node-problem-detector'],
    dependency:
      "watches Docker's health and journal where docker-monitor.json or health-checker-docker.json is configured",
    advice:
      'Replace docker-monitor.json and health-checker-docker.json by health-checker-containerd.json, or by configurations of your own for CRI-O.',
    dockerArguments: [{ pattern: NPD_DOCKER, anyImage: true }],
    configuredForCri: (container) => {
      const configured = argumentsOf(container).filter(({ text }) => /^--(?:config\.|[\w-]+-monitors?=)/.test(text));
      return configured.length > 0 && configured.every(({ text }) => !NPD_DOCKER.test(text));
    },
    links: ['https://github.com/kubernetes/node-problem-detector/tree/master/config'],
  },
  {
    id: 'cluster-api-docker',
    product: 'the Docker provider of the Cluster API',
    images: ['capd-manager', 'capd-controller', 'capd-controller-manager', 'cluster-api-provider-docker'],
    words: ['capd-manager', 'capd-controller', 'provider-docker'],
    dependency: 'creates machines as containers of Docker',
    advice:
      'It is for test environments, whose host has to keep Docker: leave its management cluster out of the migration.',
    dockerOnly: true,
    links: ['https://github.com/kubernetes-sigs/cluster-api/tree/main/test/infrastructure/docker'],
  },
  {
    id: 'rancher-agent',
    product: 'the Rancher agent',
    images: ['rancher/rancher-agent', 'rancher/agent'],
    dependency: 'mounts /etc/docker/certs.d and, in clusters made by RKE, works with Docker on the node',
    advice:
      'Upgrade Rancher. RKE clusters keep Docker or move to RKE2 or K3s, whose registries and certificates stand in registries.yaml.',
    whenConfigured: true,
    links: ['https://ranchermanager.docs.rancher.com/'],
  },
  {
    id: 'kubesphere-builder',
    product: "KubeSphere's builder",
    images: [
      'kubesphere/builder-base',
      'kubesphere/builder-nodejs',
      'kubesphere/builder-maven',
      'kubesphere/builder-go',
      'kubesphere/builder-python',
      'kubesphere/ks-jenkins',
      'kubesphere/s2irun',
    ],
    dependency: 'builds images through the Docker socket where its pod template mounts it',
    advice:
      'Use the Podman variants of the builder images (tags ending in -podman) and remove the Docker socket from the pod templates.',
    whenConfigured: true,
    links: ['https://www.kubesphere.io/docs/'],
  },
];
