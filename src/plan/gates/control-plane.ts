import type { ClusterPod } from '../../core/cluster-objects.js';
import type { Gate } from '../gate.js';
import { nameList } from './name-list.js';
import { notKnown } from './not-known.js';
import { podName } from './pod-name.js';

export const controlPlane: Gate = {
  id: 'control-plane',
  title: 'The node is no part of the control plane',
  why: 'While the runtime is switched the static pods of the node are down: its API server, and its member of etcd. With one control plane node the cluster cannot be changed meanwhile; with three, a second member that is down costs the quorum.',
  links: ['https://etcd.io/docs/v3.5/op-guide/maintenance/'],
  check: ({ inventory: { name, pods } }) => {
    if (!pods.known) return [notKnown('whether the node is part of the control plane', pods.why)];
    const parts = pods.value.filter((pod) => isMirror(pod) && /^(?:kube-apiserver|etcd)-/.test(pod.name));
    if (parts.length === 0) return [];
    return [
      {
        level: 'warning',
        message: `node ${name} runs ${nameList(parts.map(podName))}, which are down during the switch`,
        fix: 'see that all other members of etcd are healthy, and take a snapshot; with a single control plane node, expect the API to be away',
      },
    ];
  },
};

const isMirror = ({ annotations }: ClusterPod): boolean => Object.hasOwn(annotations, 'kubernetes.io/config.mirror');
