import type { Agent } from './agent.js';
import { envOf } from './env-of.js';
import { hasArgument } from './has-argument.js';

export const dashboards: readonly Agent[] = [
  {
    id: 'portainer',
    product: 'Portainer',
    images: ['portainer/agent', 'portainer/portainer', 'portainer/portainer-ce', 'portainer/portainer-ee'],
    dependency: 'shows the containers of Docker where its socket is mounted',
    advice: "Install Portainer's manifest for Kubernetes: its agent there needs no socket.",
    whenConfigured: true,
    links: ['https://docs.portainer.io/start/install-ce/server/kubernetes'],
  },
  {
    id: 'dozzle',
    product: 'Dozzle',
    images: ['amir20/dozzle'],
    words: ['amir20/dozzle'],
    dependency: 'shows logs from the Docker socket unless it is started in its Kubernetes mode',
    advice: 'Set DOZZLE_MODE=k8s in a version that has it, as far as its documentation says, or replace it.',
    configuredForCri: (container) =>
      envOf(container, 'DOZZLE_MODE') === 'k8s' || hasArgument(container, /^--mode=k8s$/),
    links: ['https://dozzle.dev/guide/k8s'],
  },
  {
    id: 'docker-dashboards',
    product: 'a dashboard for Docker',
    images: [
      'vektorlab/ctop',
      'lazyteam/lazydocker',
      'uifd/ui-for-docker',
      'dockersamples/visualizer',
      'swarmpit/swarmpit',
      'swarmpit/agent',
      'dockersamples/docker-swarm-visualizer',
    ],
    words: ['vektorlab', 'lazydocker', 'ui-for-docker', 'dockersamples', 'swarmpit'],
    dependency: 'shows containers from the Docker socket and has no other way',
    advice:
      'Remove it: kubectl top, k9s and the Kubernetes Dashboard show the pods of any runtime, crictl stats those of a node.',
    dockerOnly: true,
    links: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/crictl/'],
  },
  {
    id: 'glances',
    product: 'Glances',
    images: ['nicolargo/glances'],
    dependency: 'shows the containers of Docker where its socket is mounted',
    advice:
      'Drop the mount of the Docker socket: what it shows of the node does not need it, and containers are shown by kubectl top.',
    whenConfigured: true,
    links: ['https://glances.readthedocs.io/'],
  },
  {
    id: 'homepage',
    product: 'Homepage',
    images: ['gethomepage/homepage', 'benphelps/homepage'],
    dependency: 'finds services through Docker where docker.yaml names a socket',
    advice:
      'Use its discovery through Kubernetes (kubernetes.yaml with mode: cluster) and drop the mount of the Docker socket.',
    whenConfigured: true,
    links: ['https://gethomepage.dev/configs/kubernetes/'],
  },
  {
    id: 'docker-socket-proxy',
    product: 'a proxy in front of the Docker socket',
    images: [
      'tecnativa/docker-socket-proxy',
      'linuxserver/socket-proxy',
      'wollomatic/socket-proxy',
      'docker-socket-proxy',
    ],
    words: ['socket-proxy'],
    dependency: 'passes on the Docker API and has no other use',
    advice: 'Remove it together with its clients: what they ask for has to come from the Kubernetes API.',
    dockerOnly: true,
    links: ['https://github.com/Tecnativa/docker-socket-proxy'],
  },
];
