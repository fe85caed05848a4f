import type { Gate } from '../gate.js';
import { clusterComponent } from './cluster-component.js';
import { notKnown } from './not-known.js';

export const componentsInDocker: Gate = {
  id: 'components-in-docker',
  title: 'Docker runs neither etcd nor the kubelet by itself',
  why: 'Some installers run etcd or the kubelet as plain containers of Docker. Stopping Docker stops them, and no kubelet brings them back: the node or the cluster is lost.',
  links: ['https://github.com/kubernetes-sigs/kubespray/issues/7420'],
  check: ({ inventory: { docker, kubelet } }) => {
    if (!docker.known) return [notKnown('whether Docker runs etcd or the kubelet', docker.why)];
    const found = docker.value.containers.flatMap((container) => {
      const component = clusterComponent(container);
      return component === undefined ? [] : [{ component, name: container.name }];
    });
    const notices = found.map(({ component, name }) => ({
      level: 'blocker' as const,
      message: `${component} runs as the container ${name} of Docker, and would end with it`,
      fix: `move ${component} to the host, by its installer if it has a way for that, and plan again`,
    }));
    if (kubelet.known && kubelet.value.inContainer && !found.some(({ component }) => component === 'kubelet')) {
      const message = 'the kubelet runs in a container, and cannot be started on another runtime from there';
      return [...notices, { level: 'blocker', message, fix: 'replace the node by one whose kubelet runs on the host' }];
    }
    return notices;
  },
};
