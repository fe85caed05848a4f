import type { DockerImage } from '../core/inventory.js';
import type { DockerConnection } from './docker-connection.js';
import { dockerReplies } from './docker-replies.js';

/** All images but the intermediate ones of builds. Older engines write `<none>` where newer ones write nothing. */
export async function dockerImages(connection: DockerConnection): Promise<readonly DockerImage[]> {
  const images = await connection.request('listing images', dockerReplies.images, (docker, options) =>
    docker.listImages({ all: false, digests: true, ...options }),
  );
  return images.map((image) => ({
    id: image.Id,
    tags: named(image.RepoTags),
    digests: named(image.RepoDigests),
    sizeBytes: image.Size,
  }));
}

const named = (references: readonly string[]): readonly string[] =>
  references.filter((name) => !name.includes('<none>'));
