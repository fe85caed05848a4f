import type { Severity } from '../../core/finding.js';
import type { Reach } from './reach.js';
import { typeCheckFailure } from './type-check.js';

export interface MissingSocket {
  readonly severity: Severity;
  /** What happens to the pod; a sentence with a full stop. */
  readonly says: string;
  /** What is left in the socket's place, and keeps its server from making the socket anew. */
  readonly litter: 'file' | 'directory' | undefined;
  /** The pods wait in ContainerCreating. */
  readonly blocks: boolean;
}

/**
 * What a pod comes to when the socket that it is given is gone. The type of a hostPath decides between a loud and a silent
 * failure: without one containerd and CRI-O make a directory of a missing source.
 * https://github.com/moby/moby/issues/31184
 */
export function missingSocket(reach: Reach, complete: boolean): MissingSocket {
  const refused = typeCheckFailure(reach);
  if (refused !== undefined) {
    const says = `Once nothing serves it, pods hang in ContainerCreating: "${refused}".`;
    return { severity: 'error', says, litter: undefined, blocks: true };
  }
  if (reach.path.startsWith('\\')) {
    const says = 'Once nothing serves this pipe, the container does not start or its client finds no server.';
    return { severity: 'error', says, litter: undefined, blocks: false };
  }
  const unmounted = complete && reach.mounts.length === 0;
  if (reach.type === 'FileOrCreate' || reach.type === 'DirectoryOrCreate') {
    const litter = reach.type === 'FileOrCreate' ? 'file' : 'directory';
    const fate = unmounted ? 'though nothing uses it' : 'and clients cannot connect';
    const says = `Once it is gone, the kubelet creates an empty ${litter} in its place, ${fate}.`;
    return { severity: unmounted ? 'warning' : 'error', says, litter, blocks: false };
  }
  if (unmounted) {
    const says =
      'Without a type nothing checks it and pods start; who mounts it, such as an injected container, finds no server.';
    return { severity: 'warning', says, litter: undefined, blocks: false };
  }
  const maker = reach.bySubPath ? 'the kubelet' : 'the runtime';
  const says = `Once it is gone, pods start all the same: ${maker} makes an empty directory in its place, and clients cannot connect.`;
  return { severity: 'error', says, litter: 'directory', blocks: false };
}
