import { dockerStays, WHILE_DOCKER_STAYS } from '../parts/docker-stays.js';
import type { Hit, Scene } from '../rule.js';

/** With cri-dockerd, what needs dockerd goes on to work. */
export function* forTarget(hits: Iterable<Hit>, scene: Scene): Iterable<Hit> {
  const stays = dockerStays(scene);
  for (const hit of hits)
    yield stays ? { ...hit, severity: 'note', message: `${hit.message} ${WHILE_DOCKER_STAYS}` } : hit;
}
