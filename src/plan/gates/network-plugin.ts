import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';

export const networkPlugin: Gate = {
  id: 'network-plugin',
  title: 'Pods get their network by CNI',
  why: "kubenet, and Docker's own bridge where the kubelet has no network plugin, are part of dockershim. A CRI runtime has CNI alone, and without a network of its own the node never becomes Ready.",
  links: ['https://kubernetes.io/docs/concepts/extend-kubernetes/compute-storage-net/network-plugins/'],
  leavingDocker: true,
  check: ({ inventory: { kubelet } }) => {
    if (!kubelet.known) return [notKnown('by which plugin pods get their network', kubelet.why)];
    const { flags, runtime } = kubelet.value;
    // Only dockershim reads the flag; another gate tells of other runtimes.
    if (runtime.kind !== 'dockershim') return [];
    const plugin = flags['network-plugin'] ?? '';
    if (plugin === 'cni') return [];
    const means =
      plugin === ''
        ? 'has no --network-plugin: its pods are on the bridge of Docker'
        : `has --network-plugin=${plugin}`;
    return [
      {
        level: 'blocker',
        message: `the kubelet ${means}, which no other runtime offers`,
        fix: 'bring a CNI network to the cluster and let the kubelet use it (--network-plugin=cni) first',
      },
    ];
  },
};
