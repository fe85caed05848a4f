import type { ContainerView, PodView } from '../../manifests/views.js';

/** The pod has a way to the node's dockerd: its socket, the directory that holds it, or DOCKER_HOST. */
export function reachesDockerd(pod: PodView, container: ContainerView | undefined): boolean {
  const paths = [
    ...pod.volumes.map(({ hostPath }) => hostPath?.normal ?? ''),
    ...pod.mounts.map(({ hostPath }) => hostPath),
  ];
  if (paths.some((path) => path === '/run' || /\/docker\.sock$|docker_engine$/.test(path))) return true;
  const env = (container === undefined ? pod.containers : [container]).flatMap((one) => one.env);
  return env.some(({ name, value }) => name === 'DOCKER_HOST' && value !== undefined && isNode(value, pod));
}

/** A Service may stand in front of a dockerd in a pod; an address of the node does not. */
function isNode(value: string, pod: PodView): boolean {
  return (
    value.startsWith('unix:') ||
    value.startsWith('npipe:') ||
    value.includes('$(') ||
    (pod.hostNetwork && /\/\/(?:localhost|127\.)/.test(value))
  );
}
