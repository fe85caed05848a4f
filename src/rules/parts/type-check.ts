import type { Reach } from './reach.js';

/** What the kubelet says of a path that is not of the type that was asked for; see pkg/volume/hostpath/host_path.go. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['Socket', 'is not a socket file'],
  ['File', 'is not a file'],
  ['Directory', 'is not a directory'],
  ['CharDevice', 'is not a character device'],
  ['BlockDevice', 'is not a block device'],
]);

/** The kubelet's words when the path of a volume is gone, if its type makes the kubelet look: the pod then waits for ever. */
export function typeCheckFailure({ type, written }: Pick<Reach, 'type' | 'written'>): string | undefined {
  const refused = REFUSED.get(type);
  return refused === undefined ? undefined : `hostPath type check failed: ${written} ${refused}`;
}
