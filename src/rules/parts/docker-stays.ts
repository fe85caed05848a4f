import type { Scene } from '../rule.js';

/** With cri-dockerd the kubelet goes on to use dockerd, so that its socket, its files and its containers stay as they are. */
export function dockerStays({ target }: Pick<Scene, 'target'>): boolean {
  return target === 'cri-dockerd';
}

export const WHILE_DOCKER_STAYS = 'With cri-dockerd this keeps working for as long as dockerd runs on the node.';
