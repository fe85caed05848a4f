import type { DockerFacts, UnitFacts } from '../../core/inventory.js';

const SYSTEM = /^(?:unix:\/\/)?(?:\/var)?\/run\/containerd\/containerd\.sock$/;

/**
 * Whether a Docker that runs keeps its containers in the system's containerd. Engines before 26 do not say which one they
 * use: since 18.09 it is the system's where that runs, and one of their own elsewhere.
 */
export function sharesContainerd(
  docker: Pick<DockerFacts, 'version' | 'containerdAddress'> | undefined,
  containerd: UnitFacts | undefined,
): boolean {
  if (docker === undefined || docker.version === '' || containerd?.activeState !== 'active') return false;
  return docker.containerdAddress === '' || SYSTEM.test(docker.containerdAddress);
}
