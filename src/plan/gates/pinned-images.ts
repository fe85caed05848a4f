import { normaliseReference, parseReference } from '../../config/image-reference.js';
import type { Gate } from '../gate.js';
import { notKnown } from './not-known.js';
import { podName } from './pod-name.js';

export const pinnedImages: Gate = {
  id: 'pinned-images',
  title: 'Images pinned by digest are known by it',
  why: 'A pod that names its image by digest starts only from an image of that digest. Docker knows digests of what it pulled, and of nothing it was loaded with; such an image has to come from its registry. To CRI-O an image that Docker saved has another digest, so that it pulls all of them.',
  links: ['https://kubernetes.io/docs/concepts/containers/images/'],
  leavingDocker: true,
  check: ({ inventory: { pods, docker }, options }) => {
    if (!pods.known) return [notKnown('whether pods pin images by digest', pods.why)];
    const pinned = pods.value.flatMap((pod) =>
      pod.images
        .filter((image) => parseReference(image)?.digest !== undefined)
        .map((image) => ({ image, pod: podName(pod) })),
    );
    if (pinned.length === 0) return [];
    if (!docker.known) return [notKnown('whether Docker has images pinned by digest', docker.why)];
    const fix = 'see that the node reaches the registry, with the credentials the pod has';
    if (options.target === 'crio') {
      return pinned.map(({ image, pod }) => ({
        level: 'warning',
        message: `${pod} pins ${image}, which CRI-O takes from its registry and not from Docker`,
        fix,
      }));
    }
    const known = new Set(docker.value.images.flatMap(({ digests }) => digests.map(byDigest)));
    return pinned
      .filter(({ image }) => !known.has(byDigest(image)))
      .map(({ image, pod }) => ({
        level: 'warning',
        message: `${pod} pins ${image}, which Docker does not know by this digest, so that it is pulled from its registry`,
        fix,
      }));
  },
};

/** `repo:tag@digest` and `repo@digest` are the same image. */
const byDigest = (image: string): string => normaliseReference(image).replace(/:[\w.-]+@/, '@');
