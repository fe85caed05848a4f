import { isDockerSocket, isInside, normalHostPath } from '../../manifests/host-path.js';
import type { ContainerView, PodView } from '../../manifests/views.js';
import { expandEnv } from './expand-env.js';
import { hostPathIn } from './host-path-in.js';
import { mountPathsOf } from './mount-paths-of.js';

/** Whose Docker daemon an address leads to. */
export interface Daemon {
  /** `pod`: one that the pod brings along. `other`: no Docker socket at all. */
  readonly whose: 'node' | 'pod' | 'other' | 'unknown';
  /** Fit to follow a comma. */
  readonly because: string;
}

/** Reads a DOCKER_HOST or the like, as the container would see it. */
export function daemonOf(written: string, pod: PodView, container: ContainerView): Daemon {
  const address = expandEnv(container, written.trim());
  const path = /^(?:unix|npipe):\/\/(.*)$/i.exec(address)?.[1] ?? (/^(?:\/|\\\\)/.test(address) ? address : undefined);
  if (path !== undefined) return daemonAtPath(path, pod, container);
  const host =
    /^(?:tcp|https?):\/\/(?:[^/@\s]*@)?(\[[0-9a-fA-F:]*\]|[^:/\s]*)/.exec(address)?.[1] ??
    /^([^:/\s]+)(?::\d+)?$/.exec(address)?.[1];
  if (host !== undefined) return daemonAtHost(host, pod, container);
  return { whose: 'unknown', because: 'a host that the manifest does not tell to be a node or not' };
}

function daemonAtPath(path: string, pod: PodView, container: ContainerView): Daemon {
  const found = hostPathIn(pod, container, path);
  if (found !== undefined) {
    const whose = isDockerSocket(found.hostPath) ? 'node' : 'other';
    return { whose, because: `${found.hostPath} of the node (volume ${found.mount.volume.name})` };
  }
  const inVolume = mountPathsOf(container).some((at) => isInside(normalHostPath(path), at));
  if (inVolume || pod.hasOwnDocker) return { whose: 'pod', because: 'a socket in a volume of the pod' };
  return { whose: 'unknown', because: 'a path that no volume of the container leads to' };
}

const OF_NODE = /^\[(?:status\.hostIPs?|spec\.nodeName)\]$/;
const NODE_VARIABLE = /^(?:K8S_|MY_|KUBE_)?(?:HOST|NODE)_?(?:IP|NAME|ADDR|ADDRESS|HOSTNAME)$/i;
/** Where Docker's default bridge has the node, from inside of containers. */
const BRIDGE = '172.17.0.1';

/** `host` with variables of the downward API as {@link expandEnv} has them. */
export function daemonAtHost(host: string, pod: PodView, container: ContainerView): Daemon {
  const variable = /^\$[{(]?(\w+)[)}]?$/.exec(host)?.[1];
  const env = container.env.findLast(({ name }) => name === variable);
  const name = env?.fieldPath === undefined ? (env?.value ?? host) : `[${env.fieldPath}]`;
  if (OF_NODE.test(name) || (variable !== undefined && env?.value === undefined && NODE_VARIABLE.test(variable))) {
    return { whose: 'node', because: "the node's own address" };
  }
  if (name === BRIDGE) return { whose: 'node', because: "the node as seen from Docker's default bridge" };
  const isLocal = /^(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0|\[status\.podIPs?\]|)$/.test(name);
  if (pod.hasOwnDocker && (isLocal || !/[.$[]/.test(name))) return { whose: 'pod', because: 'the dockerd of the pod' };
  if (!isLocal) return { whose: 'unknown', because: 'a host that the manifest does not tell to be a node or not' };
  if (pod.hostNetwork) return { whose: 'node', because: 'the node itself, whose network the pod uses' };
  return { whose: 'unknown', because: 'the pod itself, in which no dockerd is declared' };
}
