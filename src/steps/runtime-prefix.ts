import type { Target } from '../core/plan.js';

const PREFIXES: Readonly<Record<Target, string>> = {
  containerd: 'containerd://',
  crio: 'cri-o://',
  'cri-dockerd': 'docker://',
};

/** How a runtime begins its version in the Node, and the ids of its containers in pods. */
export const runtimePrefix = (target: Target): string => PREFIXES[target];
