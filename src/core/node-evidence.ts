import type { Fact } from './fact.js';
import type { FileFacts } from './inventory.js';

/** Who uses Docker on a node beside Kubernetes, as it can be seen from outside. A scan looks for it; a migration has no need. */
export interface NodeEvidence {
  /** Processes in the host's network that held a connection to the Docker socket while the scan looked. */
  readonly hostSocketUsers: Fact<readonly SocketUser[]>;
  /** The same of processes in a network of their own: pods and other containers. */
  readonly podSocketUsers: Fact<readonly SocketUser[]>;
  /** Files of the host's administrators that mention Docker: crontabs, scripts, units, static pods. By path. */
  readonly files: Fact<Readonly<Record<string, FileFacts>>>;
  /** Users who may talk to Docker by their group. */
  readonly dockerGroup: Fact<readonly string[]>;
}

export interface SocketUser {
  readonly pid: number;
  /** As the kernel names the process: 15 characters at most. */
  readonly command: string;
  /** As the socket was bound. */
  readonly socket: string;
  /** False when it is one of several processes that could be the one. */
  readonly certain: boolean;
  readonly owner: ProcessOwner;
}

export type ProcessOwner =
  | { readonly kind: 'pod'; readonly podUid: string; readonly containerId: string | undefined }
  /** A container that Kubernetes does not own. */
  | { readonly kind: 'container'; readonly containerId: string }
  | { readonly kind: 'unit'; readonly unit: string }
  /** Somebody's session. */
  | { readonly kind: 'user'; readonly uid: number; readonly name?: string };
