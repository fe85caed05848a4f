import type { LabNode } from './lab-node.js';

/** All names of images in the part of containerd's store that belongs to the CRI. */
export async function containerdImages(node: LabNode): Promise<readonly string[]> {
  const out = await node.exec(['ctr', '-n', 'k8s.io', 'images', 'ls', '-q']);
  return out.split('\n').filter((name) => name !== '');
}
