import { valueOf } from '../../core/fact.js';
import type { DockerImage, NodeInventory } from '../../core/inventory.js';
import { normaliseReference } from '../image-reference.js';

/**
 * The images a node cannot do without: what its pods run or name, the sandbox image, and what Docker has no digest for:
 * built or loaded there, such an image cannot be pulled again. Images without a name nobody can ask for.
 */
export function imagesInUse({ docker, pods }: NodeInventory, sandboxImage: string): readonly DockerImage[] {
  const facts = valueOf(docker);
  if (facts === undefined) return [];
  const ran = new Set(
    facts.containers.filter(({ owner }) => owner.kind === 'dockershim').map(({ imageId }) => imageId),
  );
  const named = new Set(
    [...(valueOf(pods) ?? []).flatMap(({ images }) => images), sandboxImage].map(normaliseReference),
  );
  return facts.images
    .filter(({ tags, digests }) => tags.length + digests.length > 0)
    .filter(({ id, tags, digests }) => {
      const onlyHere = digests.length === 0;
      return ran.has(id) || onlyHere || [...tags, ...digests].some((name) => named.has(normaliseReference(name)));
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
