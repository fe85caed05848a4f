import { baseName } from '../../core/base-name.js';
import type { DockerContainer } from '../../core/inventory.js';

const COMPONENTS = ['etcd', 'kubelet'];

/** The component of the cluster that a container is, if it is run by Docker itself rather than by a kubelet. */
export function clusterComponent({ owner, name, image, command }: DockerContainer): string | undefined {
  if (owner.kind !== 'plain' && owner.kind !== 'compose') return undefined;
  const program = baseName(command.trim().split(/\s+/)[0] ?? '');
  const subcommand = program === 'hyperkube' ? (command.trim().split(/\s+/)[1] ?? '') : program;
  const repository = baseName(image.replace(/@.*$/, '').replace(/:[^/:]*$/, ''));
  // Kubespray calls its members etcd1, etcd2, and runs them from the image coreos/etcd.
  const called = /^\/?(etcd|kubelet)\d*$/.exec(name)?.[1];
  return COMPONENTS.find((component) => [subcommand, repository, called].includes(component));
}
