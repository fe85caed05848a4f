import type { Gate } from '../gate.js';
import { nameList } from './name-list.js';
import { notKnown } from './not-known.js';

export const rke: Gate = {
  id: 'rke',
  title: 'The node is none of RKE 1',
  why: 'RKE 1 runs the kubelet, etcd and all else of Kubernetes as containers of Docker, and puts them back there. It has no way to another runtime.',
  links: [
    'https://ranchermanager.docs.rancher.com/getting-started/installation-and-upgrade/upgrade-kubernetes-without-upgrading-rancher',
  ],
  check: ({ inventory: { docker } }) => {
    if (!docker.known) return [notKnown('whether RKE runs the node', docker.why)];
    const components = docker.value.containers.flatMap(({ owner, name }) => (owner.kind === 'rke' ? [name] : []));
    if (components.length === 0) return [];
    return [
      {
        level: 'blocker',
        message: `RKE runs Kubernetes on this node as containers of Docker (${nameList(components)})`,
        fix: 'move the workloads to a new cluster of RKE2 or K3s',
      },
    ];
  },
};
