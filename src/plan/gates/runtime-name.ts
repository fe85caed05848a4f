import type { Target } from '../../core/plan.js';

const NAMES: Readonly<Record<Target, string>> = {
  containerd: 'containerd',
  crio: 'CRI-O',
  'cri-dockerd': 'cri-dockerd',
};

/** What people call the runtime to come. */
export const runtimeName = (target: Target): string => NAMES[target];
