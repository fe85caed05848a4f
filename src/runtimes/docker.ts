import type { DockerApi } from '../core/ports.js';
import { dockerActions } from './docker-actions.js';
import { dockerConnection } from './docker-connection.js';
import { dockerContainers } from './docker-containers.js';
import { dockerFacts } from './docker-facts.js';
import { dockerImages } from './docker-images.js';
import { dockerReplies } from './docker-replies.js';

/**
 * The Docker Engine behind a unix socket. `address` is what messages call it, where the socket is only a forwarded one.
 */
export async function dockerClient(socketPath: string, address = socketPath): Promise<DockerApi> {
  const connection = await dockerConnection(`Docker at ${address}`, socketPath);
  return {
    facts: () => dockerFacts(connection),
    containers: () => dockerContainers(connection),
    images: () => dockerImages(connection),
    layers: (imageId) =>
      connection.request(`inspecting image ${imageId}`, dockerReplies.image, (docker) =>
        docker.getImage(imageId).inspect(),
      ),
    ...dockerActions(connection),
    close: () => connection.close(),
  };
}
