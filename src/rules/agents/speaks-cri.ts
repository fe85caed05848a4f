import type { ContainerView, PodView } from '../../manifests/views.js';

/** A runtime's own socket or the directory it stands in, also K3s's, k0s's and MicroK8s's; not the containerd of dockerd. */
const CRI_PATH = /\/run\/(?:k3s\/|k0s\/)?(?:containerd|crio|cri-o)(?:\/|\.sock|$)|\/(?:containerd|crio)\.sock\b/;

/** Whether a container is given the socket of containerd or CRI-O: mounted, or named in its settings. */
export function speaksCri(container: ContainerView, pod: PodView): boolean {
  return (
    pod.mounts.some((mount) => mount.container?.name === container.name && isCriPath(mount.hostPath)) ||
    container.env.some(({ value }) => value !== undefined && isCriPath(value)) ||
    [...container.command, ...container.args].some(({ text }) => isCriPath(text))
  );
}

const isCriPath = (text: string): boolean => CRI_PATH.test(text) && !text.includes('/docker/containerd');
