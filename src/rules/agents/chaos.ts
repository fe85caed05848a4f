import type { Agent } from './agent.js';
import { hasArgument } from './has-argument.js';

export const chaos: readonly Agent[] = [
  {
    id: 'chaos-mesh',
    product: 'the Chaos Mesh daemon',
    images: ['chaos-mesh/chaos-daemon', 'pingcap/chaos-daemon', 'chaos-daemon'],
    dependency: 'reaches containers through the socket of the runtime it is told, in older charts that of Docker',
    advice: 'Set chaosDaemon.runtime to containerd (or crio) and chaosDaemon.socketPath to its socket in the chart.',
    whenConfigured: true,
    dockerArguments: [{ pattern: /^--runtime=docker$/ }],
    links: ['https://chaos-mesh.org/docs/production-installation-using-helm/'],
  },
  {
    id: 'litmus',
    product: 'a Litmus experiment',
    images: ['litmuschaos/go-runner', 'litmuschaos/chaos-runner'],
    dependency: 'reaches containers through the socket of the runtime it is told',
    advice: 'Set CONTAINER_RUNTIME to containerd (or crio) and SOCKET_PATH to its socket in the experiments.',
    whenConfigured: true,
    links: ['https://litmuschaos.github.io/litmus/experiments/categories/contents/'],
  },
  {
    id: 'pumba',
    product: 'Pumba',
    images: ['gaiaadm/pumba', 'alexeiled/pumba', 'alexei-led/pumba'],
    words: ['gaiaadm/pumba', 'alexeiled/pumba', 'alexei-led/pumba'],
    dependency: 'reaches containers through the Docker socket unless it is started with another runtime',
    advice:
      'Use a version with --runtime containerd (added in 2026) and mount that socket, or use Chaos Mesh or Litmus.',
    configuredForCri: (container) => hasArgument(container, /^--runtime=(?:containerd|podman)$/),
    links: ['https://github.com/alexei-led/pumba/pull/298'],
  },
];
