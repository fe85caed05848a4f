import type { DockerFacts } from '../../core/inventory.js';

const SYSTEM = /^(?:unix:\/\/)?(?:\/var)?\/run\/containerd\/containerd\.sock$/;

/**
 * Whether Docker's containers are in the system's containerd, where that runs. Engines before 26 do not say which one they
 * use: since 18.09 it is the system's where there is one, and one of their own elsewhere.
 */
export const usesSystemContainerd = ({ containerdAddress }: Pick<DockerFacts, 'containerdAddress'>): boolean =>
  containerdAddress === '' || SYSTEM.test(containerdAddress);
