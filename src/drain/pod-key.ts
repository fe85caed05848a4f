import type { ClusterPod } from '../core/cluster-objects.js';

export const podKey = ({ namespace, name }: Pick<ClusterPod, 'namespace' | 'name'>): string => `${namespace}/${name}`;
