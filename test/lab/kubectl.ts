import type { LabLayout } from './lab-layout.js';
import { mustRun } from './must-run.js';
import type { RunOptions } from './run.js';

export type Kubectl = (args: readonly string[], options?: RunOptions) => Promise<string>;

/** kubectl as the cluster's administrator; gives back what it printed. */
export function kubectl(layout: LabLayout): Kubectl {
  return (args, options = {}) =>
    mustRun(['kubectl', '--kubeconfig', layout.kubeconfig, ...args], {
      what: `kubectl ${args.slice(0, 3).join(' ')}`,
      ...options,
    });
}
