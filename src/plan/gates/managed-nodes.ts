import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';

interface Mark {
  readonly in: 'labels' | 'annotations';
  readonly key: string;
  readonly service: string;
  readonly instead: string;
}

const MARKS: readonly Mark[] = [
  {
    in: 'labels',
    key: 'eks.amazonaws.com/nodegroup',
    service: 'an EKS node group',
    instead: 'update the node group to an AMI with containerd',
  },
  {
    in: 'labels',
    key: 'cloud.google.com/gke-nodepool',
    service: 'a GKE node pool',
    instead: 'change the image type of the pool to cos_containerd',
  },
  {
    in: 'labels',
    key: 'kubernetes.azure.com/agentpool',
    service: 'an AKS node pool',
    instead: 'upgrade the node image of the pool',
  },
  {
    in: 'labels',
    key: 'kubernetes.azure.com/cluster',
    service: 'an AKS cluster',
    instead: 'upgrade the node image of the pool',
  },
  {
    in: 'labels',
    key: 'karpenter.sh/nodepool',
    service: 'Karpenter',
    instead: 'change the AMI of the node class, and let Karpenter replace the nodes',
  },
  {
    in: 'labels',
    key: 'karpenter.sh/provisioner-name',
    service: 'Karpenter',
    instead: 'change the AMI of the provisioner, and let Karpenter replace the nodes',
  },
  {
    in: 'annotations',
    key: 'cluster.x-k8s.io/machine',
    service: 'Cluster API',
    instead: 'roll out a machine template whose image has containerd',
  },
  {
    in: 'annotations',
    key: 'machine.openshift.io/machine',
    service: 'OpenShift',
    instead: 'upgrade the cluster, which brings the runtime',
  },
];

export const managedNodes: Gate = {
  id: 'managed-nodes',
  title: 'No service replaces the node from an image',
  why: 'Nodes of a managed pool come from an image, and every repair, upgrade or scale-up brings the old runtime back. The runtime is changed in the pool, which then replaces its nodes.',
  links: ['https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/'],
  check: ({ inventory: { name, node } }) => {
    if (!node.known) return [notKnown(`whether a service manages the node ${name}`, node.why)];
    const mark = MARKS.find((one) => Object.hasOwn(node.value[one.in], one.key));
    if (mark === undefined) return [];
    const value = node.value[mark.in][mark.key] ?? '';
    const said = `${mark.in === 'labels' ? 'label' : 'annotation'} ${mark.key}${value === '' ? '' : `=${value}`}`;
    return [{ level: 'blocker', message: `node ${name} is managed by ${mark.service} (${said})`, fix: mark.instead }];
  },
};
