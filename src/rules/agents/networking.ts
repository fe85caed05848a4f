import type { Agent } from './agent.js';

export const networking: readonly Agent[] = [
  {
    id: 'amazon-vpc-cni',
    product: 'the Amazon VPC CNI',
    images: ['amazon-k8s-cni'],
    words: ['amazon-k8s-cni'],
    dependency:
      'asks the socket at /var/run/cri.sock for running pods, which its manifests mount from dockershim.sock (before 1.6: from docker.sock)',
    advice:
      'Until then mount /run/containerd/containerd.sock at /var/run/cri.sock. Upgrade by one minor version at a time, through 1.7.',
    since: { version: '1.12', changes: 'From 1.12 on the Amazon VPC CNI needs no runtime socket.' },
    links: ['https://github.com/aws/amazon-vpc-cni-k8s/releases/tag/v1.12.0'],
  },
  {
    id: 'cilium',
    product: 'Cilium',
    images: ['cilium/cilium', 'cilium/cilium-dev'],
    words: ['cilium/cilium'],
    dependency: 'reads the labels of containers through the socket of the runtime it is told',
    advice:
      'Upgrade it; until then set --container-runtime to containerd or crio and mount that socket. Remove the option afterwards: it is gone in 1.8.',
    since: { version: '1.7', changes: 'From 1.7 on Cilium does not talk to container runtimes.' },
    links: ['https://github.com/cilium/cilium/pull/9447', 'https://github.com/cilium/cilium/pull/11060'],
  },
  {
    id: 'weave-net',
    product: 'Weave Net',
    images: ['weaveworks/weave-kube', 'weaveworks/weave', 'weaveworks/plugin'],
    dependency: 'uses the Docker socket where its Docker plugin or proxy is in use',
    advice: 'Use its Kubernetes add-on without the Docker plugin. The project is archived: plan a replacement.',
    whenConfigured: true,
    links: ['https://github.com/weaveworks/weave'],
  },
  {
    id: 'docker-network-plugins',
    product: 'a network plugin of the days of Docker',
    images: ['contiv/netplugin', 'contiv/v2plugin', 'romana/agent', 'romana-agent'],
    words: ['contiv/netplugin', 'contiv/v2plugin', 'romana/agent', 'romana-agent'],
    dependency: 'talks to Docker or is installed as a plugin of it',
    advice: 'Replace it with a maintained CNI plugin before the migration: the project has ended.',
    links: ['https://kubernetes.io/docs/concepts/cluster-administration/addons/#networking-and-network-policy'],
  },
  {
    id: 'traefik',
    product: 'Traefik',
    images: ['traefik', 'library/traefik', 'containous/traefik'],
    dependency: 'finds routes through the Docker socket where its docker provider is on',
    advice:
      'Use the providers kubernetesCRD, kubernetesIngress or kubernetesGateway, and remove the docker provider and the mount of the Docker socket.',
    whenConfigured: true,
    dockerArguments: [
      { pattern: /^--providers\.docker(?:=(?!false$)|\.|$)/i, anyImage: true },
      { pattern: /^--docker(?:=(?!false$)|\.|$)/i },
    ],
    links: ['https://doc.traefik.io/traefik/providers/kubernetes-ingress/'],
  },
  {
    id: 'docker-proxies',
    product: 'a proxy configured by Docker events',
    images: [
      'jwilder/nginx-proxy',
      'nginxproxy/nginx-proxy',
      'jwilder/docker-gen',
      'nginxproxy/docker-gen',
      'gliderlabs/registrator',
      'lucaslorentz/caddy-docker-proxy',
    ],
    words: ['nginx-proxy', 'docker-gen', 'gliderlabs/registrator', 'caddy-docker-proxy'],
    dependency: 'follows containers through the Docker socket and has no other way',
    advice: 'Replace it by Services, with an Ingress or Gateway controller where traffic comes from outside.',
    dockerOnly: true,
    links: ['https://kubernetes.io/docs/concepts/services-networking/'],
  },
];
