import type { DockerFacts, UnitFacts } from '../../core/inventory.js';
import { usesSystemContainerd } from './uses-system-containerd.js';

/** Whether a Docker that runs keeps its containers in the system's containerd, so that both live and die with its root. */
export function sharesContainerd(
  docker: Pick<DockerFacts, 'version' | 'containerdAddress'> | undefined,
  containerd: UnitFacts | undefined,
): boolean {
  if (docker === undefined || docker.version === '' || containerd?.activeState !== 'active') return false;
  return usesSystemContainerd(docker);
}
