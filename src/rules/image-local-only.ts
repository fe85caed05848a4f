import type { PodView } from '../manifests/views.js';
import type { Hit, Rule, Scene } from './rule.js';

export const imageLocalOnly: Rule = {
  id: 'image-local-only',
  title: 'Image is expected on the node and never pulled',
  severity: 'warning',
  why:
    'Images that were built or loaded with Docker on a node are in the store of Docker alone; the store of ' +
    'another runtime starts empty. With imagePullPolicy Never the kubelet does not pull, and the container fails ' +
    'with ErrImageNeverPull until somebody loads the image there.',
  fix:
    'Push the image to a registry and let it be pulled, or carry it over on each node: docker save IMAGE | ctr ' +
    '-n k8s.io images import - (for CRI-O: podman load).',
  links: [
    'https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/check-if-dockershim-removal-affects-you/',
    'https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy',
  ],
  words: [
    ['imagePullPolicy', 'never'],
    ['image_pull_policy', 'never'],
  ],

  *pod(pod: PodView, { target }: Scene): Iterable<Hit> {
    if (target === 'cri-dockerd') return;
    for (const { name, image, imagePullPolicy, value, path } of pod.containers) {
      if (imagePullPolicy !== 'Never') continue;
      const load =
        target === 'crio'
          ? `docker save ${image} | podman load`
          : `docker save ${image} | ctr -n k8s.io images import -`;
      yield {
        at: { path: [...path, 'image_pull_policy' in value ? 'image_pull_policy' : 'imagePullPolicy'] },
        confidence: 'possible',
        message: `Container ${name} never pulls its image ${image}. If that was built or loaded with Docker on the node, the new runtime does not have it: the container fails with ErrImageNeverPull.`,
        ...(image === ''
          ? {}
          : { fix: `Push the image to a registry and let it be pulled, or carry it over on each node: ${load}.` }),
        container: name,
      };
    }
  },
};
