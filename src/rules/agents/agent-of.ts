import type { Agent } from './agent.js';
import { imageName } from './image-name.js';
import { agents } from './index.js';

const SEGMENTS = 3;

const byImage: ReadonlyMap<string, Agent> = new Map(
  agents.flatMap((agent) => agent.images.map((image) => [image, agent] as const)),
);

/** The product an image is of, whatever registry or mirror it comes from. */
export function agentOf(image: string): Agent | undefined {
  const repository = imageName(image).repository.replace(/[-_](?:amd64|arm64|arm|ppc64le|s390x)$/, '');
  let found: Agent | undefined;
  let slash = repository.length;
  for (let segments = 0; segments < SEGMENTS && slash > 0; segments++) {
    slash = repository.lastIndexOf('/', slash - 1);
    // The longest name wins: it tells more than a last segment.
    found = byImage.get(repository.slice(slash + 1)) ?? found;
  }
  return found;
}
