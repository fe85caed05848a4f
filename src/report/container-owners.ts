import type { ContainerOwner, DockerContainer } from '../core/inventory.js';

const OWNERS: readonly { readonly kind: ContainerOwner['kind']; readonly said: string }[] = [
  { kind: 'dockershim', said: 'of Kubernetes' },
  { kind: 'kubernetes-other', said: 'Kubernetes-like, not dockershim’s' },
  { kind: 'rke', said: 'of RKE' },
  { kind: 'swarm', said: 'of Swarm' },
  { kind: 'compose', said: 'of Compose' },
  { kind: 'plain', said: 'plain' },
];

/** Docker's containers by who owns them, those of nobody in Kubernetes by name. */
export function containerOwners(containers: readonly DockerContainer[]): string[] {
  return OWNERS.flatMap(({ kind, said }) => {
    const some = containers.filter((container) => container.owner.kind === kind);
    if (some.length === 0) return [];
    const running = some.filter((container) => container.state === 'running').length;
    const line = `${some.length} ${said}, ${running} running`;
    return kind === 'dockershim' ? [line] : [`${line}: ${some.map(nameOf).join('; ')}`];
  });
}

function nameOf({ name, image, state, owner }: DockerContainer): string {
  const shown = name.replace(/^\//, '');
  const where =
    owner.kind === 'compose' ? ` of ${owner.project}` : owner.kind === 'swarm' ? ` of ${owner.service}` : '';
  return `${shown}${where} (${image}, ${state})`;
}
