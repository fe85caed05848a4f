import type { ProcessOwner } from '../core/node-evidence.js';

/** `pod` and the uid in any spelling: `pod1234-…`, `kubepods-besteffort-pod1234_….slice`. Static pods' have no dashes. */
const POD = /pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})(?![0-9a-f])/;
/** The outermost one: what a container starts inside of itself is none of the node's. */
const CONTAINER = /(?<![0-9a-f])([0-9a-f]{64})(?![0-9a-f])/;
const UNIT = /\/([^/]+\.service)(?:\/|$)/;
const SESSION = /\/user-(\d+)\.slice/;
/** Whoever logs in is in the unit of what let them in, where no PAM module makes a session of it. */
const LOGIN = /^(?:sshd?|getty|serial-getty|console-getty)(?:@.*)?\.service$/;

/**
 * Whose a process is, by `/proc/<pid>/cgroup` of either version of cgroups, read on the host.
 *
 * @param uid of the process, for logins
 */
export function processOwner(cgroup: string, uid: number): ProcessOwner {
  const paths = cgroup
    .trim()
    .split('\n')
    .map((line) => line.split(':').slice(2).join(':'));
  const match = (pattern: RegExp): string | undefined =>
    paths.map((path) => pattern.exec(path)?.[1]).find((one) => one !== undefined);

  const containerId = match(CONTAINER);
  const podUid = match(POD)?.replaceAll('_', '-');
  if (podUid !== undefined) return { kind: 'pod', podUid, containerId };
  if (containerId !== undefined) return { kind: 'container', containerId };
  const session = match(SESSION);
  if (session !== undefined) return { kind: 'user', uid: Number(session) };
  const unit = match(UNIT);
  return unit === undefined || LOGIN.test(unit) ? { kind: 'user', uid } : { kind: 'unit', unit };
}
