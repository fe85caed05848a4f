import type { Confidence, Severity } from '../../core/finding.js';
import type { PodView } from '../../manifests/views.js';
import type { Hit, Scene } from '../rule.js';
import { dockerStays, WHILE_DOCKER_STAYS } from './docker-stays.js';
import { mountSentence } from './mount-sentence.js';
import type { Reach } from './reach.js';
import { typeCheckFailure } from './type-check.js';

export interface VolumeHit {
  /** What will come of it; sentences. */
  readonly says: string;
  readonly severity: Severity;
  readonly confidence?: Confidence;
  readonly fix?: string;
  /** The path stays with cri-dockerd, because it is dockerd's. */
  readonly ofDockerd?: false;
}

/** A finding about a directory or a file of the node that a pod is given. */
export function volumeHit(reach: Reach, { complete }: PodView, scene: Scene, found: VolumeHit): Hit {
  const { confidence, fix } = found;
  const stays = found.ofDockerd !== false && dockerStays(scene);
  const refused = typeCheckFailure(reach);
  const hangs =
    refused === undefined || stays ? '' : ` Once the path is gone, pods hang in ContainerCreating: "${refused}".`;
  return {
    at: { path: reach.at },
    message: `${mountSentence(reach, complete)} ${stays ? WHILE_DOCKER_STAYS : found.says}${hangs}`,
    severity: stays ? 'note' : hangs === '' ? found.severity : 'error',
    ...(confidence === undefined ? {} : { confidence }),
    ...(fix === undefined ? {} : { fix }),
    ...onlyContainer(reach),
  };
}

/** The container, when there is but one that mounts it. */
export function onlyContainer({ mounts }: Reach): { readonly container?: string } {
  const names = new Set(mounts.map(({ container }) => container?.name ?? ''));
  const [name = ''] = names;
  return names.size === 1 && name !== '' ? { container: name } : {};
}
