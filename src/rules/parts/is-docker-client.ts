const CLIENTS = /(?:^|\/)(?:docker|docker-cli|docker-compose|docker\/compose|cloud-sdk-docker)$/;

/** An image that is the Docker client: `docker:24`, `docker:cli`, `docker/compose`; not one that brings a daemon. */
export function isDockerClient(image: string): boolean {
  const name = image.toLowerCase().split('@')[0] ?? '';
  const colon = name.lastIndexOf(':');
  const tagged = colon > name.lastIndexOf('/');
  const tag = tagged ? name.slice(colon + 1) : '';
  return !tag.includes('dind') && CLIENTS.test(tagged ? name.slice(0, colon) : name);
}
